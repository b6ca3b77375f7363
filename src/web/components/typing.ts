/** True when a key belongs to a field, a dialog or a browser shortcut rather than to the page. */
export function isTyping(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true;
  if (!(event.target instanceof Element)) return false;
  if (event.target.closest("[role=dialog], [role=menu], [role=listbox]")) return true;
  const field = event.target.closest("input, textarea, select, [contenteditable=true]");
  return field !== null && field.getAttribute("type") !== "checkbox";
}
