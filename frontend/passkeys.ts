import { passkeys } from "./scripts/passkeys";

passkeys();
