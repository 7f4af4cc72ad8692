package io.hubmesh.mesh.settings;

import io.hubmesh.mesh.settings.InvalidSetting.Which;
import io.hubmesh.mesh.swarm.LeasePolicy;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How an administrator wants it, all of it.
 *
 * @param turnSecret a new shared secret of the TURN servers; null keeps the one there is
 */
public record SettingsWish(
        List<String> turn,
        @Nullable String turnSecret,
        Duration credentialLife,
        LeasePolicy leases,
        Duration grace,
        @Nullable String secondStun) {

    /** Shorter would be renewed all the time, longer is a password. */
    public static final Duration SHORTEST_CREDENTIAL = Duration.ofMinutes(10);

    public static final Duration LONGEST_CREDENTIAL = Duration.ofHours(24);

    /** A hub that is away for longer needs a person, not patience. */
    public static final Duration LONGEST_GRACE = Duration.ofDays(7);

    public static final int SHORTEST_SECRET = 8;

    public static final int LONGEST_SECRET = 256;

    private static final int LARGEST_PORT = 65_535;

    private static final String HOST_AND_PORT =
            "(?:\\[[0-9A-Fa-f:.]{2,45}]|[A-Za-z0-9][A-Za-z0-9._-]{0,199}):([0-9]{1,5})";
    private static final Pattern TURN = Pattern.compile("turns?:" + HOST_AND_PORT + "(?:\\?transport=(?:udp|tcp))?");
    private static final Pattern STUN = Pattern.compile("stuns?:" + HOST_AND_PORT);
    private static final Pattern SECRET =
            Pattern.compile("[\\x21-\\x7e]{" + SHORTEST_SECRET + "," + LONGEST_SECRET + "}");

    public SettingsWish {
        turn = List.copyOf(turn);
    }

    /**
     * Goes on only when every setting is within its bounds.
     *
     * @param secretKnown whether a secret is kept already
     * @throws InvalidSetting at the first that is not
     */
    void check(boolean secretKnown) {
        require(turn.size() <= MeshSettings.MOST_TURN, Which.TURN, "Give at most four TURN addresses.");
        require(new HashSet<>(turn).size() == turn.size(), Which.TURN, "Give each TURN address once.");
        for (String address : turn) {
            require(
                    isAddress(TURN, address),
                    Which.TURN,
                    "A TURN address looks like turn:host:3478?transport=udp, turn:host:3478?transport=tcp or turns:host:5349.");
        }
        require(
                turnSecret == null || SECRET.matcher(turnSecret).matches(),
                Which.TURN_SECRET,
                "The secret has 8 to 256 letters, digits and signs, without a blank.");
        require(
                turn.isEmpty() || turnSecret != null || secretKnown,
                Which.TURN_SECRET,
                "Enter the secret that the TURN server shares with the hub.");
        require(
                within(credentialLife, SHORTEST_CREDENTIAL, LONGEST_CREDENTIAL),
                Which.CREDENTIAL_LIFE,
                "A credential lasts 10 to 1440 minutes.");
        require(within(grace, Duration.ZERO, LONGEST_GRACE), Which.GRACE, "The grace lasts 0 to 10080 minutes.");
        require(
                secondStun == null || isAddress(STUN, secondStun),
                Which.SECOND_STUN,
                "A STUN address looks like stun:host:3478.");
    }

    /** Never shows the secret. */
    @Override
    public String toString() {
        return "SettingsWish" + turn;
    }

    private static boolean isAddress(Pattern shape, String address) {
        Matcher matcher = shape.matcher(address);
        if (!matcher.matches()) {
            return false;
        }
        int port = Integer.parseInt(matcher.group(1));
        return port > 0 && port <= LARGEST_PORT;
    }

    private static boolean within(Duration value, Duration least, Duration most) {
        return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }

    private static void require(boolean holds, Which which, String otherwise) {
        if (!holds) {
            throw new InvalidSetting(which, otherwise);
        }
    }
}
