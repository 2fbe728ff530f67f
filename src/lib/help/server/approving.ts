/** Approving what was proposed, from now or from a time to come; sending it back; and the end of an article. */
import type { PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { writeAudit } from '#lib/people/server/audit.ts';
import { mayApprove, mayKeepArticles } from '../access.ts';
import type { Topic } from '../article.ts';
import { seenOf } from '../life.ts';
import { onArticle } from './writing.ts';

/** Approves all that is proposed of an article, as it was `seen`. Without a time it is in force at once. */
export function approveArticle(
  db: Db,
  actor: PersonActor,
  slug: string,
  { seen, from }: { seen: string; from: Date | null }
) {
  return onArticle(db, actor, slug, async (tx, { id, versions }) => {
    const proposed = versions.filter(({ state }) => state === 'proposed');
    if (!mayKeepArticles(actor)) refuse('forbidden', 'articles.not_yours_to_approve');
    if (proposed.length === 0) refuse('conflict', 'articles.nothing_to_approve');
    if (seenOf(versions) !== seen) refuse('conflict', 'articles.changed_meanwhile');
    if (!proposed.every((version) => mayApprove(actor, version))) refuse('forbidden', 'articles.own_words');
    await tx
      .updateTable('article_version')
      .set({ state: 'approved', approved_by: actor.id, valid_from: from ?? new Date(0) })
      .where('article_id', '=', id)
      .where('state', '=', 'proposed')
      .execute();
    await writeAudit(tx, actor, {
      action: 'article.approved',
      subject: { kind: 'article', id },
      detail: { versions: proposed.map(({ locale, version }) => `${locale} ${version}`).join(', ') }
    });
  });
}

/** Gives a proposal back to whoever wrote it, with a word on why. */
export function sendBack(db: Db, actor: PersonActor, slug: string, note: string | null) {
  return onArticle(db, actor, slug, async (tx, { id, versions }) => {
    if (!versions.some(({ state }) => state === 'proposed'))
      refuse('conflict', 'articles.nothing_to_approve');
    await tx
      .updateTable('article_version')
      .set({ state: 'draft', ...(note && { note }) })
      .where('article_id', '=', id)
      .where('state', '=', 'proposed')
      .execute();
    await writeAudit(tx, actor, { action: 'article.sent_back', subject: { kind: 'article', id } });
  });
}

/** Drops what is being written, or what is approved but not yet in force. What is in force stays. */
export function withdraw(db: Db, actor: PersonActor, slug: string, { seen }: { seen: string }) {
  return onArticle(db, actor, slug, async (tx, { id, versions }) => {
    if (seenOf(versions) !== seen) refuse('conflict', 'articles.changed_meanwhile');
    const now = new Date();
    const waiting = versions.filter(
      ({ state, valid_from }) =>
        state === 'draft' || state === 'proposed' || (state === 'approved' && valid_from > now)
    );
    if (waiting.length === 0) refuse('conflict', 'articles.nothing_to_withdraw');
    if (waiting.some(({ state }) => state === 'approved') && !mayKeepArticles(actor))
      refuse('forbidden', 'articles.not_yours_to_approve');
    for (const { locale, version } of waiting)
      await tx
        .updateTable('article_version')
        .set({ state: 'withdrawn' })
        .where('article_id', '=', id)
        .where('locale', '=', locale)
        .where('version', '=', version)
        .execute();
    await writeAudit(tx, actor, {
      action: 'article.withdrawn',
      subject: { kind: 'article', id },
      detail: { versions: waiting.map(({ locale, version }) => `${locale} ${version}`).join(', ') }
    });
  });
}

/** Takes an article out of the help centre, brings it back, or puts it under another topic. */
export function keepArticle(
  db: Db,
  actor: PersonActor,
  slug: string,
  to: { retired: boolean } | { topic: Topic }
) {
  return onArticle(db, actor, slug, async (tx, article) => {
    if (!mayKeepArticles(actor)) refuse('forbidden', 'articles.not_yours_to_approve');
    const { id, topic, retired_at } = article;
    if ('retired' in to ? to.retired === (retired_at !== null) : to.topic === topic) return;
    await tx
      .updateTable('article')
      .set({
        kept_by: actor.id,
        ...('topic' in to ? { topic: to.topic } : { retired_at: to.retired ? new Date() : null })
      })
      .where('id', '=', id)
      .execute();
    await writeAudit(tx, actor, {
      action: 'topic' in to ? 'article.sorted' : to.retired ? 'article.retired' : 'article.brought_back',
      subject: { kind: 'article', id }
    });
  });
}
