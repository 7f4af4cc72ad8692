import type { Supply, SupplyWatch } from "../ports";

/** Battery Status API, which only Chromium's family has. */
interface Battery extends EventTarget {
  readonly charging: boolean;
}

/** Network Information API, in part: not in every browser, `type` not on every machine. */
interface Connection extends EventTarget {
  readonly saveData?: boolean;
  readonly type?: string;
}

/** The parts of `navigator` that may be missing. */
export interface Machine {
  getBattery?: () => Promise<Battery>;
  connection?: Connection;
}

/** What this machine lives on, as far as its browser tells. */
export function supplyOf(machine: Machine): SupplyWatch {
  return {
    watch: (listener) => {
      let supply: Supply = {};
      const tell = (change: Partial<Supply>): void => {
        supply = { ...supply, ...change };
        listener(supply);
      };
      const { connection } = machine;
      if (connection?.saveData !== undefined || connection?.type !== undefined) {
        const tellMetered = (): void => {
          tell({ onMetered: connection.saveData === true || connection.type === "cellular" });
        };
        connection.addEventListener("change", tellMetered);
        tellMetered();
      }
      // A refusal is the same as a browser that does not tell.
      void machine.getBattery?.().then(
        (battery) => {
          const tellBattery = (): void => {
            tell({ onBattery: !battery.charging });
          };
          battery.addEventListener("chargingchange", tellBattery);
          tellBattery();
        },
        () => undefined,
      );
    },
  };
}
