import "./styles/paper.css";
import "./made/icons.svg";
import { copying } from "./scripts/copying";
import { printing } from "./scripts/printing";
import { scrolling } from "./scripts/scrolling";

copying();
printing();
scrolling();
