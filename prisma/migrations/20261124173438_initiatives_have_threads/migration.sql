-- Initiatives that were published before they had threads of their own.
insert into "ForumThread" (category, "subjectKind", "subjectId", title, "authorId")
select 'initiative', 'initiative', id::text, title, "authorId" from "Initiative" where state <> 'draft'
on conflict ("subjectKind", "subjectId") do nothing;
