// A forum as large as a busy one after years: 100 000 threads with 2 million posts of 2 000 accounts, for measuring. All
// of it is made in the database by arithmetic, so that every seeding is the same; the texts are words in an order that
// hashes give, a common vocabulary with a long tail, in English and Chinese.
import type { Db } from "#server/platform/db.ts";
import { type Pool, transaction } from "#server/platform/pool.ts";

const THREADS = 100_000;
const POSTS = 2_000_000;
const MEMBERS = 2_000;
/** Threads that one statement makes, with their posts and their place in the search. */
const BLOCK = 5_000;
/** Threads that the member `load-1` has read in. */
const READ_BY_ONE = 5_000;
const MARK = "load-1";

type Context = { pool: Pool; db: Db };

/** `threads` and `posts` are smaller in tests. */
export async function seedBigForum(
  { pool }: Context,
  { threads = THREADS, posts = POSTS }: { threads?: number; posts?: number } = {},
): Promise<string> {
  const { rows } = await pool.query(`select from "Member" where "nameKey" = $1`, [MARK]);
  if (rows.length > 0) {
    return "the big forum stands already";
  }
  await pool.query(MAKE_MEMBERS, [MEMBERS]);
  // Filling the index row by row would take most of the time; it is made anew from all rows at the end.
  await pool.query(`drop index if exists search_document_tokens`);
  const { rows: last } = await pool.query<{ id: number }>(
    `select coalesce(max(id), 0)::int as id from "ForumThread"`,
  );
  const base = last[0]?.id ?? 0;
  const perThread = Math.max(1, Math.round(posts / threads));
  for (let first = 1; first <= threads; first += BLOCK) {
    const span = [base + first, base + Math.min(threads, first + BLOCK - 1)];
    await transaction(pool, async (client) => {
      await client.query("set local synchronous_commit = off");
      await client.query(MAKE_THREADS, [...span, base + threads, MEMBERS]);
      await client.query(MAKE_POSTS, [...span, perThread, MEMBERS]);
      await client.query(COUNT_THREADS, span);
      await client.query(MAKE_TAGS, span);
      await client.query(MAKE_DOCUMENTS, span);
    });
  }
  await pool.query(
    `create index search_document_tokens on "SearchDocument" using gin (tokens) with (fastupdate = on)`,
  );
  await pool.query(MAKE_READINGS, [MARK, base + threads, Math.min(READ_BY_ONE, threads)]);
  for (const sequence of [`"ForumThread"`, `"ForumPost"`]) {
    await pool.query(
      `select setval(pg_get_serial_sequence('${sequence}', 'id'), (select max(id) from ${sequence}))`,
    );
  }
  for (const table of ["ForumThread", "ForumPost", "ForumTagged", "ForumReading", "Member"]) {
    await pool.query(`vacuum analyze "${table}"`);
  }
  await pool.query(`vacuum analyze "SearchDocument"`);
  return `${threads} threads, ${perThread * threads} posts`;
}

const MAKE_MEMBERS = `
  insert into "Member" (id, name, "nameKey", "emailVerifiedAt", trust)
  select 'mem_load' || n, 'load-' || n, 'load-' || n, now(), 1 from generate_series(1, $1::int) n`;

/** A word by a number: a few words are in every other text, most are rare. */
const WORD = (number: string) => `
  (array['loss','training','step','model','data','learning','rate','batch','token','layer','gradient','attention',
    '损失','训练','模型','数据','学习率','词元','梯度','检查点'])[1 + (${number}) % 20]
  || case when (${number}) % 7 = 0 then ' term' || (${number}) % 5000 else '' end`;

const MAKE_THREADS = `
  insert into "ForumThread" (id, category, title, "authorId", tags, question, "createdAt", "bumpedAt")
  select n, (array['academic','engineering','tools','applications','announcements'])[1 + n % 5],
    'Thread ' || n || ': ' || ${WORD("n * 7 + 3")} || ' and ' || ${WORD("n * 13 + 5")},
    'mem_load' || 1 + n % $4::int, array['tag-' || n % 50, 'rare-' || n % 5000], n % 2 = 0,
    now() - ($3::int - n) * interval '15 minutes', now() - ($3::int - n) * interval '15 minutes'
  from generate_series($1::int, $2::int) n`;

/** Between one post and three times as many as the mean, so that few threads are long. */
const MAKE_POSTS = `
  insert into "ForumPost" ("threadId", number, "authorId", body, "createdAt")
  select t.id, p, 'mem_load' || 1 + (t.id * 31 + p * 17) % $4::int,
    (select string_agg(${WORD("hashint4(t.id * 131 + p * 31 + w) & 1048575")}, ' ')
     from generate_series(1, 24) w),
    t."createdAt" + p * interval '7 minutes'
  from "ForumThread" t
  cross join lateral generate_series(1, case t.id % 4 when 0 then 1 when 1 then $3::int / 2 + 1 when 2 then $3::int
    else $3::int * 4 - (1 + $3::int / 2 + 1 + $3::int) end) p
  where t.id between $1::int and $2::int`;

const COUNT_THREADS = `
  update "ForumThread" t set "lastNumber" = c.posts, replies = c.posts - 1, people = c.people, "bumpedAt" = c.latest
  from (select "threadId", count(*)::int as posts, count(distinct "authorId")::int as people, max("createdAt") as latest
        from "ForumPost" where "threadId" between $1::int and $2::int group by 1) c
  where t.id = c."threadId"`;

const MAKE_TAGS = `
  insert into "ForumTagged" (tag, "threadId", "bumpedAt")
  select unnest(tags), id, "bumpedAt" from "ForumThread" where id between $1::int and $2::int`;

/** What server/search/index-document.ts makes, within SQL; Chinese words of two characters are their own pair. */
const MAKE_DOCUMENTS = `
  insert into "SearchDocument" (number, kind, "subjectId", title, excerpt, url, "authorId", "createdAt", tokens)
  select n, 'post', d.id::text, d.title, left(d.body, 240), '/forum/t/' || d."threadId" || '?from=' || d.number || '#p' || d.number,
    d."authorId", d."createdAt",
    setweight(to_tsvector('english', case when d.number = 1 then d.title else '' end), 'A')
      || setweight(to_tsvector('english', d.body), 'B')
      || array_to_tsvector(array['=in:' || d.category, '=is:post', '=by:' || lower(d."authorId"), '=b:' || n / 8192]
         || array(select '=tag:' || g from unnest(d.tags) g))
  from (select nextval(pg_get_serial_sequence('"SearchDocument"', 'number'))::int as n, p.id, p."threadId", p.number,
          p.body, p."authorId", p."createdAt", t.title, t.category, t.tags
        from "ForumPost" p join "ForumThread" t on t.id = p."threadId"
        where t.id between $1::int and $2::int) d`;

const MAKE_READINGS = `
  insert into "ForumReading" ("memberId", "threadId", "readTo", "readAt")
  select 'mem_load1', t.id, 1 + t.id % t."lastNumber", now() - ($2::int - t.id) * interval '1 minute'
  from "ForumThread" t, "Member" m where m."nameKey" = $1 and t.id > $2::int - $3::int and t.id <= $2::int`;
