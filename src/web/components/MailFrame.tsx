import classes from "./MailFrame.module.css";

interface MailFrameProps {
  title: string;
  /** The page to show, or its HTML. */
  src?: string;
  html?: string;
  height?: string;
}

/** A mail as its recipient sees it, in a frame without scripts and without our origin. */
export function MailFrame({ title, src, html, height = "480px" }: MailFrameProps) {
  const shown = src === undefined ? { srcDoc: openOutside(html ?? "") } : { src };
  return (
    <iframe
      {...shown}
      title={title}
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      referrerPolicy="no-referrer"
      className={classes.frame}
      style={{ height }}
    />
  );
}

/** Links open in new tabs; without this they would load inside the frame. */
function openOutside(html: string): string {
  const base = '<base target="_blank">';
  const head = /<head(?:\s[^>]*)?>/i.exec(html);
  if (!head) return base + html;
  const at = head.index + head[0].length;
  return html.slice(0, at) + base + html.slice(at);
}
