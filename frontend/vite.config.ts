import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  build: {
    // WeChat's own browser and five-year-old phones.
    target: ["chrome78", "safari13.1", "firefox91"],
    outDir: "../src/lianfang/ground/web/static/web/dist",
    emptyOutDir: true,
    manifest: "manifest.json",
    assetsInlineLimit: 0,
    modulePreload: false,
    rollupOptions: {
      input: ["frontend/main.ts", "frontend/checkin.ts", "frontend/paper.ts", "frontend/styles/signing.css", "frontend/styles/liaison.css", "frontend/keeper.ts", "frontend/passkeys.ts"],
    },
  },
});
