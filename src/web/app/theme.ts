import {
  Alert,
  CloseButton,
  type CSSVariablesResolver,
  createTheme,
  Drawer,
  type MantineThemeOverride,
  Menu,
  Modal,
  Notification,
  Select,
  TextInput,
} from "@mantine/core";

/** The look. Shade 8 and the darker dimmed text keep contrast at WCAG AA in both schemes. */
export function createHeedTheme(words: { close: string; clear: string }): MantineThemeOverride {
  // Mantine heads its dialogs with <header>, which would be a second banner of the page.
  const noBanner = { header: { role: "none" } };
  const close = { "aria-label": words.close };
  return createTheme({
    primaryColor: "indigo",
    primaryShade: { light: 8, dark: 8 },
    fontFamily:
      'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif',
    fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace',
    headings: {
      fontWeight: "650",
      sizes: { h1: { fontSize: "1.375rem" }, h2: { fontSize: "1.0625rem" } },
    },
    defaultRadius: "sm",
    cursorType: "pointer",
    respectReducedMotion: true,
    components: {
      CloseButton: CloseButton.extend({ defaultProps: close }),
      Modal: Modal.extend({
        defaultProps: { closeButtonProps: close, attributes: noBanner },
        styles: { title: { fontWeight: 650, fontSize: "1.0625rem", overflowWrap: "anywhere" } },
      }),
      // Its hidden first stop is a child that a menu may not have (axe: aria-required-children).
      Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
      Drawer: Drawer.extend({ defaultProps: { closeButtonProps: close, attributes: noBanner } }),
      Notification: Notification.extend({ defaultProps: { closeButtonProps: close } }),
      Alert: Alert.extend({
        defaultProps: { closeButtonLabel: words.close },
        // Its coloured title on its own tint falls short of 4.5:1.
        styles: { label: { color: "var(--mantine-color-text)" } },
      }),
      Select: Select.extend({ defaultProps: { clearButtonProps: { "aria-label": words.clear } } }),
      TextInput: TextInput.extend({ defaultProps: { autoComplete: "off" } }),
    },
  });
}

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    "--heed-row-height": "44px",
  },
  light: {
    "--mantine-color-dimmed": "#495057",
    "--mantine-color-placeholder": "#5c636a",
    "--mantine-color-error": "#c92a2a",
    "--heed-green": "#1f7a34",
    "--heed-red": "#c92a2a",
    "--heed-grey": "#5c636a",
    "--heed-line": "#dee2e6",
    "--heed-hover": "#f1f3f5",
    "--heed-selected": "#e7edff",
    "--heed-raised": "#f8f9fa",
    "--heed-banner": "#fff3bf",
    "--heed-banner-text": "#4a3500",
    "--heed-banner-line": "#e6c85c",
  },
  dark: {
    "--mantine-color-dimmed": "#b8bdc4",
    "--mantine-color-placeholder": "#a3a9b0",
    "--mantine-color-error": "#ff8787",
    "--mantine-color-anchor": "#91a7ff",
    "--heed-green": "#69db7c",
    "--heed-red": "#ff8787",
    "--heed-grey": "#a3a9b0",
    "--heed-line": "#424242",
    "--heed-hover": "#2e2e2e",
    "--heed-selected": "#26304f",
    "--heed-raised": "#1f1f1f",
    "--heed-banner": "#3b3110",
    "--heed-banner-text": "#ffec99",
    "--heed-banner-line": "#5c4b15",
  },
});
