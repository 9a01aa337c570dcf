"use client";
import "./global.css";
import en from "../messages/en/frame.json";
import zh from "../messages/zh/frame.json";

type GlobalErrorProps = { reset: () => void };

/** When not even the frame can be drawn, the database being away, say. No language is known here, so both speak. */
export default function GlobalError({ reset }: GlobalErrorProps) {
  return (
    <html lang="en">
      <body>
        <main className="title wrap">
          <h1>{en.failed.title}</h1>
          <p className="lede">{en.failed.say}</p>
          <div lang="zh-Hans">
            <h2>{zh.failed.title}</h2>
            <p className="lede">{zh.failed.say}</p>
          </div>
          <p className="actions mt-4">
            <button type="button" className="btn main" onClick={reset}>
              {en.failed.again} · <span lang="zh-Hans">{zh.failed.again}</span>
            </button>
          </p>
        </main>
      </body>
    </html>
  );
}
