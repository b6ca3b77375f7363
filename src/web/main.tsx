import "@mantine/core/styles.css";
import "@mantine/dates/styles.css";
import "@mantine/notifications/styles.css";
import "@mantine/charts/styles.css";
import "dayjs/locale/fr";
import "./app/global.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App.tsx";
import { startI18n } from "./i18n/index.ts";

// After an upgrade the pages that an open tab still has to load are gone: it takes the new ones.
window.addEventListener("vite:preloadError", () => {
  const last = Number(sessionStorage.getItem("heed-reloaded") ?? 0);
  if (Date.now() - last < 10_000) return;
  sessionStorage.setItem("heed-reloaded", String(Date.now()));
  location.reload();
});

await startI18n();
const root = document.getElementById("root");
if (!root) throw new Error("index.html lost its #root");
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
