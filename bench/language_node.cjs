// Answer for the filters of npm: one request a line, one answer a line, both JSON.
//
//     node language_node.cjs FOLDER serve
//     node language_node.cjs FOLDER first NAME
//
// FOLDER holds node_modules. A request is {"name", "texts"}; the answer holds the flags and the
// CPU seconds of checking all the texts. "first" prints CPU seconds and megabytes of loading one
// filter and checking one text.

const { createRequire } = require("node:module");
const fs = require("node:fs");
const path = require("node:path");
const readline = require("node:readline");

const [folder, act, only] = process.argv.slice(2);
const load = createRequire(path.resolve(folder, "package.json"));

const filters = {
  obscenity() {
    const { RegExpMatcher, englishDataset, englishRecommendedTransformers } = load("obscenity");
    const settings = { ...englishDataset.build(), ...englishRecommendedTransformers };
    const matcher = new RegExpMatcher(settings);
    return (text) => matcher.hasMatch(text);
  },
  "@2toad/profanity"() {
    const { profanity } = load("@2toad/profanity");
    return (text) => profanity.exists(text);
  },
};

function seconds(before) {
  const used = process.cpuUsage(before);
  return (used.user + used.system) / 1e6;
}

function peak() {
  const found = /VmHWM:\s+(\d+)/.exec(fs.readFileSync("/proc/self/status", "utf8"));
  return Number(found[1]) / 1024;
}

if (act === "first") {
  const before = process.cpuUsage();
  filters[only]()("What a day!");
  console.log(JSON.stringify([seconds(before), peak()]));
} else {
  const ready = {};
  const lines = readline.createInterface({ input: process.stdin });
  lines.on("line", (line) => {
    const { name, texts } = JSON.parse(line);
    ready[name] ??= filters[name]();
    const before = process.cpuUsage();
    const flags = texts.map((text) => ready[name](text));
    process.stdout.write(JSON.stringify({ flags, seconds: seconds(before) }) + "\n");
  });
}
