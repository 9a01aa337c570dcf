import { expect, test } from "vitest";
import { markSensitive } from "./mark-sensitive.ts";

test.each([
  ["write to a.b+c@mail.example.org now", "write to <PII:EMAIL> now"],
  [
    "at 8.8.8.8 and 10.0.0.1, 192.168.1.1, 300.1.1.1",
    "at <PII:IPV4> and 10.0.0.1, 192.168.1.1, 300.1.1.1",
  ],
  ["电话13812345678。", "电话<PII:MOBILE>。"],
  ["电话12812345678。", "电话12812345678。"],
  ["113812345678", "113812345678"],
  ["010-62781234", "<PII:LANDLINE>"],
  ["证号11010519491231002X。", "证号<PII:IDCARD>。"],
  ["证号110105194912310021。", "证号110105194912310021。"],
  ["11010519491331002X", "11010519491331002X"],
  ["卡4111111111111111", "卡<PII:BANKCARD>"],
  ["卡4111111111111112", "卡4111111111111112"],
  ["QQ：12345678", "QQ：<PII:QQ>"],
  ["扣扣 1234", "扣扣 1234"],
  ["in 1949 and 2021", "in 1949 and 2021"],
])("%s becomes %s", (before, after) => {
  expect(markSensitive(before).text).toBe(after);
});

test("marks are counted by kind", () => {
  expect(markSensitive("a@b.cn c@d.cn 13812345678").counts).toEqual({ EMAIL: 2, MOBILE: 1 });
});
