// Bundles htmx, the parts of Tabler that our pages use, and our own styles into files with fixed names.
import { readFileSync } from "node:fs";
import { PurgeCSS } from "purgecss";
import { defineConfig } from "vite";

const TABLER = /@tabler\/core\/.*\.css$/;
const WHERE_CLASSES_STAND = ["panoh/**/templates/**/*.html", "panoh/**/forms.py", "panoh/**/pages/*.py", "panoh/web/templatetags/*.py"];

// Only Tabler is thinned out; our own styles are short and stay whole, so that no class can go missing unseen.
const tablerWeUse = {
  name: "tabler-we-use",
  enforce: "pre",
  async load(id) {
    if (!TABLER.test(id)) return null;
    const [thinned] = await new PurgeCSS().purge({
      content: WHERE_CLASSES_STAND,
      css: [{ raw: readFileSync(id, "utf8") }],
      safelist: { standard: ["is-invalid", "show", "active", "disabled"] },
      keyframes: true,
      fontFace: true,
    });
    return thinned.css;
  },
};

export default defineConfig({
  root: "panoh/web/assets",
  base: "./",
  publicDir: "public",
  plugins: [tablerWeUse],
  build: {
    outDir: "../static/panoh",
    emptyOutDir: true,
    rollupOptions: {
      // htmx evaluates code only where a page asks for it; our pages switch that off, and so does their policy.
      onwarn: (warning, warn) => warning.code === "EVAL" || warn(warning),
      input: "panoh/web/assets/app.js",
      output: { entryFileNames: "app.js", assetFileNames: "app[extname]" },
    },
  },
});
