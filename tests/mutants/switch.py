"""Turn one seeded bug on while pytest runs; product code knows nothing of it.

By hand: ``SCHOOLGATE_MUTANT="skip payload type" python -m pytest -n0 -p tests.mutants.switch
tests/attest/test_envelopes.py``. The source is changed in memory, by an import hook that reads and
writes no bytecode.
"""

import os
import sys
from collections.abc import Generator, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import CodeType, ModuleType

import pytest

from tests.mutants.mutant import Mutant
from tests.mutants.seeds import MUTANTS

CHOICE = "SCHOOLGATE_MUTANT"
"""The variable that names the mutant."""

_STUMBLES = (NameError, AttributeError, TypeError, SyntaxError)


class Switch(MetaPathFinder):
    """One mutant, put in place where its module is imported, and what the tests said of it.

    Attributes:
        loaded: whether the module was imported with the bug in it
        broken: why the mutant is no bug but nonsense; empty if it runs
        killer: the first test that failed, empty if none did

    """

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant
        self.source = mutant.applied()
        self.loaded = False
        self.broken = ""
        self.killer = ""

    def install(self) -> None:
        """Have every later import of the module get the bug.

        Raises:
            RuntimeError: the module was imported before

        """
        if self.mutant.module in sys.modules:
            raise RuntimeError(f"{self.mutant.module}: was imported before the mutant")
        sys.meta_path.insert(0, self)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find the module of the mutant, and no other."""
        if fullname != self.mutant.module:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.origin is not None:
            spec.loader = _Loader(fullname, spec.origin, self)
            spec.cached = None
        return spec

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Note the first test that failed, and whether only the mutant itself stumbled."""
        report = yield
        if report.failed and not (self.killer or self.broken):
            if call.when == "call":
                self.killer = report.nodeid
            else:
                self.broken = f"no test failed, but the {call.when} of {report.nodeid}"
            if call.excinfo is not None and self._stumbled(call.excinfo):
                self.broken = f"stumbles ({call.excinfo.typename})"
        return report

    def _stumbled(self, caught: pytest.ExceptionInfo[BaseException]) -> bool:
        last = caught.traceback[-1].path
        return caught.errisinstance(_STUMBLES) and str(last) == str(self.mutant.file)


class _Loader(SourceFileLoader):
    """Loads the changed source, never bytecode."""

    def __init__(self, fullname: str, path: str, switch: Switch) -> None:
        super().__init__(fullname, path)
        self._switch = switch

    def get_code(self, fullname: str) -> CodeType:
        """Compile the source with the bug in it."""
        return compile(self._switch.source, self.path, "exec", dont_inherit=True)

    def exec_module(self, module: ModuleType) -> None:
        """Run it, and note if it cannot be imported."""
        try:
            super().exec_module(module)
        except BaseException as error:
            self._switch.broken = f"cannot be imported ({type(error).__name__})"
            raise
        self._switch.loaded = True


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Turn the chosen mutant on before anything of Schoolgate is imported."""
    if name := os.environ.get(CHOICE):
        switch = Switch(next(mutant for mutant in MUTANTS if mutant.name == name))
        switch.install()
        early_config.pluginmanager.register(switch)
