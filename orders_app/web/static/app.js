// The only script of ours: start the GOV.UK components. Every page works without it.
import { initAll } from './vendor/govuk-frontend.min.js';
initAll();
