// Reads one formula a line as JSON, {"tex": ..., "display": ...}; answers each with one line, {"html": ...} or {"error": ...}.
const lines = require("readline").createInterface({ input: process.stdin });

const mathjax = require("mathjax").init({
  loader: { load: ["input/tex-full", "output/svg", "a11y/assistive-mml"] },
  svg: { fontCache: "none" },
});

function typeset(MathJax, { tex, display }) {
  const html = MathJax.startup.adaptor.outerHTML(MathJax.tex2svg(tex, { display }));
  const error = html.match(/data-mjx-error="([^"]*)"/);
  return error ? { error: error[1] } : { html };
}

mathjax.then((MathJax) =>
  lines.on("line", (line) => console.log(JSON.stringify(typeset(MathJax, JSON.parse(line))))),
);
