package io.hubmesh.measurement.advisor;

/**
 * Where a file is to be delivered. All receivers have the same lines.
 *
 * @param receivers how many want the file, at least 1
 * @param sizeBytes of the file
 * @param hubUploadBytesPerSecond what the hub can send
 * @param downloadBytesPerSecond what each receiver can receive
 * @param uploadBytesPerSecond what each receiver gives to others
 * @param spreadSeconds the requests come evenly over so long; 0: all in one moment
 * @param stayingShare receivers that stay until everybody has the file, 0 to 1; the others leave when they have it
 * @param directShare receivers that peers reach directly, 0 to 1
 * @param relayedShare receivers that peers reach through a relay alone; the rest of 1 is reached by no peer
 * @param pricePerGigabyte what 1,000,000,000 bytes sent cost, in any money
 */
public record Environment(
        int receivers,
        long sizeBytes,
        double hubUploadBytesPerSecond,
        double downloadBytesPerSecond,
        double uploadBytesPerSecond,
        double spreadSeconds,
        double stayingShare,
        double directShare,
        double relayedShare,
        double pricePerGigabyte,
        Sensitivity sensitivity) {

    /** Everything the same but the number of receivers. */
    public Environment withReceivers(int others) {
        return new Environment(
                others,
                sizeBytes,
                hubUploadBytesPerSecond,
                downloadBytesPerSecond,
                uploadBytesPerSecond,
                spreadSeconds,
                stayingShare,
                directShare,
                relayedShare,
                pricePerGigabyte,
                sensitivity);
    }

    /** Receivers that peers can reach, as an expectation. */
    double reachable() {
        return receivers * (directShare + relayedShare);
    }

    /** Whether there are two at least who could give each other something. */
    boolean hasMesh() {
        return reachable() > 1;
    }

    /** Least seconds in which one receiver alone has the file. */
    double aloneSeconds() {
        return sizeBytes / Math.min(downloadBytesPerSecond, hubUploadBytesPerSecond);
    }

    /** Receivers that fetch at one moment, as an expectation. */
    double fetchingAtOnce() {
        double arrivedWhileOneFetches = spreadSeconds == 0 ? receivers : receivers * aloneSeconds() / spreadSeconds;
        return Math.min(receivers, Math.max(1, arrivedWhileOneFetches));
    }
}
