/** A form that finds no line: its page stays and says so, and what the server says is said in its words. */
import { expect, test, vi } from 'vitest';
import { staying } from './staying.ts';

type Sending = Parameters<ReturnType<typeof staying>>[0];

function aForm() {
  const [tell, update, cancel] = [vi.fn(), vi.fn(), vi.fn()];
  const send = staying({ noLine: 'nobody was told', tell });
  return {
    ...{ tell, update, cancel },
    begin: () => send({ cancel } as unknown as Sending),
    async end(then: Awaited<ReturnType<typeof send>>, result: object) {
      await then?.({ result, update } as unknown as Parameters<typeof then>[0]);
    }
  };
}

test.each([
  [{ type: 'error', error: { status: 500, message: 'Internal Error' } }, 'nobody was told'],
  [{ type: 'error', error: { status: 502, message: 'Bad Gateway' } }, 'nobody was told'],
  [{ type: 'error', error: { status: 401, message: 'Please sign in.' } }, 'Please sign in.'],
  [{ type: 'error', status: 500, error: { status: 500, message: 'Our fault.' } }, 'Our fault.']
])('%o leaves the page as it is', async (result, said) => {
  const form = aForm();
  await form.end(await form.begin(), result);
  expect(form.tell).toHaveBeenCalledWith(said);
  expect(form.update).not.toHaveBeenCalled();
});

test('what was taken, or refused in words, is shown as ever', async () => {
  const form = aForm();
  await form.end(await form.begin(), { type: 'redirect', location: '/desk/day' });
  expect(form.tell).toHaveBeenCalledWith(null);
  expect(form.update).toHaveBeenCalledWith({ reset: false });
});

test('a second click is none until the first has been answered', async () => {
  const form = aForm();
  const then = await form.begin();
  await form.begin();
  expect(form.cancel).toHaveBeenCalledTimes(1);
  await form.end(then, { type: 'redirect', location: '/' });
  await form.begin();
  expect(form.cancel).toHaveBeenCalledTimes(1);
});
