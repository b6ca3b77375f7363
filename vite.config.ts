import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The web UI: sources in src/web, output in dist/web, which the server hands out. */
export default defineConfig({
  root: "src/web",
  base: "/",
  plugins: [react()],
  build: {
    outDir: "../../dist/web",
    emptyOutDir: true,
    target: "es2023",
    // The charts alone pass Vite's default warning; pages are loaded one by one.
    chunkSizeWarningLimit: 900,
  },
  server: {
    port: 4331,
    proxy: Object.fromEntries(
      ["/api", "/docs", "/openapi.json", "/u", "/p"].map((path) => [
        `^${path}(/|$)`,
        process.env.HEED_SERVER ?? "http://localhost:4330",
      ]),
    ),
  },
});
