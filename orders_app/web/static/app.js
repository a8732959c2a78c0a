// The only script of ours: start the GOV.UK components, let a button print the page and a button copy a field. Every page works without it.
import { initAll } from './vendor/govuk-frontend.min.js';
initAll();

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}

for (const button of document.querySelectorAll('[data-copy]')) {
  const field = document.getElementById(button.dataset.copy);
  const said = field.closest('.govuk-form-group').querySelector('[role="status"]');
  button.hidden = false;
  button.addEventListener('click', async () => {
    field.select();
    try { await navigator.clipboard.writeText(field.value); said.textContent = 'Copied'; }
    catch { said.textContent = 'Selected: press Ctrl and C to copy'; }
  });
}
