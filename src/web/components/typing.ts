/** True when a key belongs to a field, a dialog or a browser shortcut rather than to the page. */
export function isTyping(event: KeyboardEvent): boolean {
  if (isWriting(event)) return true;
  return (
    event.target instanceof Element &&
    event.target.closest("[role=dialog], [role=menu], [role=listbox]") !== null
  );
}

/** The same for the keys of a dialog itself: true in a field, a list or with a browser's modifier. */
export function isWriting(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true;
  if (!(event.target instanceof Element)) return false;
  if (event.target.closest("[role=menu], [role=listbox]")) return true;
  const field = event.target.closest("input, textarea, select, [contenteditable=true]");
  return field !== null && field.getAttribute("type") !== "checkbox";
}
