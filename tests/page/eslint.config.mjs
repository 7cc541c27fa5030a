// How the page's script is linted; the test names the file.
import js from "@eslint/js";

const known = ["document", "location", "history", "navigator", "addEventListener", "setTimeout", "scrollTo", "URL", "URLSearchParams", "XMLHttpRequest", "Intl", "MiniSearch"];

export default [
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2023, sourceType: "script", globals: Object.fromEntries(known.map((name) => [name, "readonly"])) },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "complexity": ["error", 12],
      "curly": ["error", "multi-line"],
      "eqeqeq": "error",
      "max-depth": ["error", 3],
      "max-lines-per-function": ["error", { max: 500, IIFEs: false }],
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-restricted-properties": ["error", ...["innerHTML", "outerHTML", "insertAdjacentHTML", "write"].map((property) => ({ property, message: "The page writes text, never markup." }))],
      "no-shadow": "error",
      "no-var": "error",
      "prefer-const": "error",
      "strict": ["error", "global"],
    },
  },
];
