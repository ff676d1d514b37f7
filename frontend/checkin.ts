import "./styles/checkin.css";
import "./made/icons.svg";
import { answers } from "./scripts/answers";
import { places } from "./scripts/places";
import { running } from "./scripts/running";
import { sent } from "./scripts/sent";

answers();
places();
running();
sent();
