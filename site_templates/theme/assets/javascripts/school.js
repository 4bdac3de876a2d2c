// A wide table scrolls sideways on a phone. Let the keyboard reach it, but only where it scrolls.
(() => {
  const update = () => {
    for (const wrap of document.querySelectorAll(".md-typeset__scrollwrap, .school-scroll")) {
      if (wrap.scrollWidth > wrap.clientWidth) {
        wrap.setAttribute("tabindex", "0")
        wrap.setAttribute("role", "group")
        wrap.setAttribute("aria-label", "Table, scrolls sideways")
      } else {
        for (const name of ["tabindex", "role", "aria-label"]) wrap.removeAttribute(name)
      }
    }
  }
  new ResizeObserver(update).observe(document.body)
  addEventListener("load", update)
})()
