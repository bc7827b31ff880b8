// Everything a page can do beyond links and forms; all of it only adds, nothing here is needed to read or to work.
import { startBoard } from "./board.js";
import { startCoach } from "./coach.js";
import { startBulk } from "./bulk.js";
import { startColumns } from "./columns.js";
import { startDialog } from "./dialog.js";
import { startFaults } from "./faults.js";
import { startMentions } from "./mentions.js";
import { startInline } from "./inline.js";
import { startLists } from "./lists.js";
import { startMenus } from "./menus.js";
import { startLookups } from "./lookup.js";
import { startPages } from "./pages.js";
import { startPalette } from "./palette.js";
import { startPlaceholders } from "./placeholders.js";
import { startRequests } from "./requests.js";
import { startSecrets } from "./secrets.js";
import { startShortcuts } from "./shortcuts.js";
import { startToasts } from "./toasts.js";

// Esc closes the innermost layer: what stands in a dialog hears of it first.
startInline();
startMenus();
startMentions();
startLookups();
startPages();
startDialog();
startColumns();
startBulk();
startFaults();
startLists();
startPalette();
startRequests();
startPlaceholders();
startSecrets();
startShortcuts();
startToasts();
startBoard();
startCoach();
