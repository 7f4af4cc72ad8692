package io.hubmesh.measurement.advisor;

import java.time.LocalDate;
import java.util.List;

/** What this hub's own experiments have shown; the advisor believes it before anything that was shipped. */
@FunctionalInterface
public interface OwnExperiments {

    /** The newest first. */
    List<Measured> newest();

    /**
     * What one model came to with so many receivers, all of them asking in one moment, reached directly, and staying.
     *
     * @param on the day, in UTC
     * @param downloadRate what the slowest of them could take, in bytes a second
     * @param uploadRate what they could give, on average, in bytes a second
     * @param seconds until the last had the file
     * @param egress bytes that the hub sent
     */
    record Measured(
            LocalDate on,
            DeliveryModel model,
            int receivers,
            long sizeBytes,
            double hubRate,
            double downloadRate,
            double uploadRate,
            double seconds,
            long egress) {

        Environment environment() {
            return new Environment(
                    receivers, sizeBytes, hubRate, downloadRate, uploadRate, 0, 1, 1, 0, 0, Sensitivity.INTERNAL);
        }
    }
}
