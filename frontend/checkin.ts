import "./styles/checkin.css";
import "./made/icons.svg";
import { answers } from "./scripts/answers";
import { keeping } from "./scripts/keeping";
import { copying } from "./scripts/copying";
import { places } from "./scripts/places";
import { running } from "./scripts/running";
import { sent } from "./scripts/sent";

answers();
keeping();
copying();
places();
running();
sent();
