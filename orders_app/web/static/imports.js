// Says how far an import is while its page is open, and shows the result when it is over. The page works without it.
const line = document.querySelector('[data-progress]');
const tag = document.querySelector('[data-progress-tag] strong');
async function look() {
  const answer = await fetch(line.dataset.progress, { headers: { Accept: 'application/json' } });
  if (answer.redirected) return window.location.reload(); // signed out meanwhile
  if (!answer.ok) return;
  const { is_over: isOver, words, tag: state } = await answer.json();
  if (isOver) return window.location.reload();
  if (words !== line.textContent) line.textContent = words;
  if (tag) tag.textContent = state;
  window.setTimeout(look, 2000);
}
if (line) window.setTimeout(look, 2000);
