// The only script of ours: start the GOV.UK components, and let a link print the page. Every page works without it.
import { initAll } from './vendor/govuk-frontend.min.js';
initAll();

for (const link of document.querySelectorAll('[data-print]')) {
  link.addEventListener('click', (event) => { event.preventDefault(); window.print(); });
}
