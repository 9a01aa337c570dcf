import { useTranslations } from "next-intl";

type ShareProps = { address: string; text: string };

/** Plain links: nothing of those sites is loaded here before somebody follows one. */
export function ShareLinks({ address, text }: ShareProps) {
  const words = useTranslations("support");
  const ask = (base: string, values: Record<string, string>) =>
    `${base}?${new URLSearchParams(values)}`;
  const places = [
    ["weibo", ask("https://service.weibo.com/share/share.php", { url: address, title: text })],
    ["x", ask("https://x.com/intent/post", { url: address, text })],
    ["mastodon", ask("https://share.joinmastodon.org/", { text: `${text} ${address}` })],
    ["telegram", ask("https://t.me/share/url", { url: address, text })],
  ] as const;
  const mail = `mailto:?subject=${encodeURIComponent(text)}&body=${encodeURIComponent(address)}`;
  return (
    <ul className="share-links">
      {places.map(([name, href]) => (
        <li key={name}>
          <a className="btn" href={href} rel="noopener noreferrer">
            {words(`place.${name}`)}
          </a>
        </li>
      ))}
      <li>
        <a className="btn" href={mail}>
          {words("place.mail")}
        </a>
      </li>
    </ul>
  );
}
