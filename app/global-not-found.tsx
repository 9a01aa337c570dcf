import "./global.css";
import en from "../messages/en/frame.json";
import zh from "../messages/zh/frame.json";

export const metadata = { title: "404 · CPM-Live" };

/** For addresses that no page can own, such as a missing file: they carry no language, so both speak. */
export default function GlobalNotFound() {
  return (
    <html lang="en">
      <body>
        <main className="title wrap">
          <h1>{en.lost.title}</h1>
          <p className="lede">
            <a href="/en">{en.lost.home}</a>
          </p>
          <div lang="zh-Hans">
            <h2>{zh.lost.title}</h2>
            <p className="lede">
              <a href="/zh">{zh.lost.home}</a>
            </p>
          </div>
        </main>
      </body>
    </html>
  );
}
