package io.hubmesh.measurement;

import io.hubmesh.mesh.Mesh;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.springframework.stereotype.Component;

/**
 * Both models for Prometheus: the figures of the overview as an administrator sees them. Labels come from closed lists; none names a person, a file, a
 * content or an address.
 */
@Component
class TrafficMeters implements MeterBinder {

    private static final List<Transfer.Model> MESH = List.of(Transfer.Model.PEERS, Transfer.Model.AUTOMATIC);
    private static final List<Transfer.State> OPEN = List.of(Transfer.State.RUNNING, Transfer.State.PAUSED);
    private static final List<Transfer.State> ENDS =
            List.of(Transfer.State.COMPLETED, Transfer.State.CANCELLED, Transfer.State.FAILED, Transfer.State.LOST);

    private final Ledger ledger;
    private final Mesh mesh;

    TrafficMeters(Ledger ledger, Mesh mesh) {
        this.ledger = ledger;
        this.mesh = mesh;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        bindBytes(registry);
        bindTransfers(registry);
        bindMesh(registry);
    }

    private void bindBytes(MeterRegistry to) {
        String egress = "Bytes of files that the hub sent";
        bytes(to, "hubmesh.egress", egress, Tags.of("kind", "download"), Counters::hubBytes);
        bytes(to, "hubmesh.egress", egress, Tags.of("kind", "lease"), Counters::leaseBytes);
        bytes(to, "hubmesh.peer", "Verified bytes from peers, as receivers claim", Tags.empty(), Counters::peerBytes);
        bytes(to, "hubmesh.saved", "Those of completed transfers beyond doubt", Tags.empty(), Counters::savedBytes);
        bytes(to, "hubmesh.relayed", "Those that came over a relay", Tags.empty(), Counters::relayedBytes);
        bytes(to, "hubmesh.wasted", "Bytes that came twice or were wrong", Tags.empty(), Counters::wastedBytes);
    }

    private void bindTransfers(MeterRegistry to) {
        String whole = "Whole files that were delivered";
        count(to, "hubmesh.downloads", whole, Tags.of("model", "hub"), totals -> totals.counted()
                .hubDownloads());
        count(to, "hubmesh.downloads", whole, Tags.of("model", "mesh"), totals -> totals.counted()
                .meshDownloads());
        for (Transfer.Model model : MESH) {
            for (Transfer.State state : OPEN) {
                gauge(
                        to,
                        "hubmesh.transfers.open",
                        "Transfers that run or are paused",
                        tags(model, state),
                        () -> ledger.totals().open(model, state));
            }
            for (Transfer.State state : ENDS) {
                count(
                        to,
                        "hubmesh.transfers.ended",
                        "Transfers that were over",
                        tags(model, state),
                        totals -> totals.ended(model, state));
            }
        }
        String doubt = "Transfers of which something does not add up";
        count(to, "hubmesh.discrepancies", doubt, Tags.empty(), Totals::discrepancies);
    }

    private void bindMesh(MeterRegistry to) {
        gauge(to, "hubmesh.peers", "Peers in the mesh", Tags.empty(), mesh::size);
        gauge(to, "hubmesh.swarms", "Contents that peers hold or fetch", Tags.empty(), mesh::swarms);
        for (String reason : mesh.lossReasons()) {
            FunctionCounter.builder("hubmesh.links.lost", mesh, present -> present.lostLinks()
                            .getOrDefault(reason, 0L))
                    .description("Links between peers that could not be made or that broke, as peers tell")
                    .tags("reason", reason)
                    .register(to);
        }
    }

    private void bytes(MeterRegistry to, String name, String what, Tags tags, ToLongFunction<Counters> figure) {
        FunctionCounter.builder(
                        name, ledger, known -> figure.applyAsLong(known.totals().counted()))
                .description(what)
                .tags(tags)
                .baseUnit("bytes")
                .register(to);
    }

    private void count(MeterRegistry to, String name, String what, Tags tags, ToLongFunction<Totals> figure) {
        FunctionCounter.builder(name, ledger, known -> figure.applyAsLong(known.totals()))
                .description(what)
                .tags(tags)
                .register(to);
    }

    private static void gauge(MeterRegistry to, String name, String what, Tags tags, Supplier<Number> figure) {
        Gauge.builder(name, figure).description(what).tags(tags).register(to);
    }

    private static Tags tags(Transfer.Model model, Transfer.State state) {
        return Tags.of("model", word(model), "state", word(state));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
