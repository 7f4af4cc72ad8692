package io.hubmesh.experiments;

import io.hubmesh.experiments.Experiment.State;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ResourceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Experiments, one row each, and their runs, one row each. */
@Repository
@Transactional
class ExperimentRows {

    private static final String COLUMNS =
            "select id, version, name, account_id, resource_id, resource_name, content_id,"
                    + " size_bytes, chunks, settings, machine, state, reason, started_millis, ended_millis from experiments";

    private final JdbcClient database;
    private final JsonMapper json;

    ExperimentRows(JdbcClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    void add(Experiment made) {
        Experiment.Subject file = made.file();
        database.sql("insert into experiments (id, version, name, account_id, resource_id, resource_name, content_id,"
                        + " size_bytes, chunks, settings, machine, state, started_millis)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .param(made.id())
                .param(made.version())
                .param(made.name())
                .param(made.owner().value())
                .param(file.resource().value())
                .param(file.name())
                .param(file.content().hex())
                .param(file.size())
                .param(file.chunks())
                .param(json.writeValueAsString(made.settings()))
                .param(json.writeValueAsString(made.machine()))
                .param(made.state().name())
                .param(made.startedAt().toEpochMilli())
                .update();
    }

    void addRun(UUID experiment, Outcome outcome) {
        database.sql("insert into experiment_runs (experiment_id, run, outcome) values (?, ?, ?)")
                .param(experiment)
                .param(outcome.run().number())
                .param(json.writeValueAsString(outcome))
                .update();
    }

    void end(UUID id, State state, @Nullable String reason, Instant at) {
        database.sql(
                        "update experiments set version = version + 1, state = ?, reason = ?, ended_millis = ? where id = ? and state = ?")
                .param(state.name())
                .param(reason)
                .param(at.toEpochMilli())
                .param(id)
                .param(State.RUNNING.name())
                .update();
    }

    /** Those that a hub which was stopped has left behind. */
    void endAll(State state, String reason, Instant at) {
        database.sql(
                        "update experiments set version = version + 1, state = ?, reason = ?, ended_millis = ? where state = ?")
                .param(state.name())
                .param(reason)
                .param(at.toEpochMilli())
                .param(State.RUNNING.name())
                .update();
    }

    /** @return false when the version is not the present one */
    boolean rename(UUID id, String name, long version) {
        return database.sql("update experiments set name = ?, version = version + 1 where id = ? and version = ?")
                        .param(name)
                        .param(id)
                        .param(version)
                        .update()
                == 1;
    }

    void delete(UUID id) {
        database.sql("delete from experiment_runs where experiment_id = ?")
                .param(id)
                .update();
        database.sql("delete from experiments where id = ?").param(id).update();
    }

    Optional<Experiment> find(UUID id) {
        return database.sql(COLUMNS + " where id = ?")
                .param(id)
                .query(this::toExperiment)
                .optional();
    }

    /**
     * The newest first.
     *
     * @param owner whose; null for everybody's
     * @param before those that began earlier, or at that time with a lesser id
     */
    List<Experiment> newest(@Nullable AccountId owner, Instant before, UUID beforeId, int most) {
        JdbcClient.StatementSpec question = database.sql(COLUMNS
                        + " where (started_millis < ? or (started_millis = ? and id < ?))"
                        + (owner == null ? "" : " and account_id = ?")
                        + " order by started_millis desc, id desc limit ?")
                .param(before.toEpochMilli())
                .param(before.toEpochMilli())
                .param(beforeId);
        if (owner != null) {
            question = question.param(owner.value());
        }
        return question.param(most).query(this::toExperiment).list();
    }

    /** Those that were brought to their end, the newest first. */
    List<Experiment> newestDone(int most) {
        return database.sql(COLUMNS + " where state = ? order by started_millis desc, id desc limit ?")
                .param(State.DONE.name())
                .param(most)
                .query(this::toExperiment)
                .list();
    }

    /** In the order in which they were run. */
    List<Outcome> runs(UUID experiment) {
        return database.sql("select outcome from experiment_runs where experiment_id = ? order by run")
                .param(experiment)
                .query((row, number) -> json.readValue(row.getString(1), Outcome.class))
                .list();
    }

    private Experiment toExperiment(ResultSet row, int number) throws SQLException {
        Long ended = row.getObject(15, Long.class);
        return new Experiment(
                row.getObject(1, UUID.class),
                row.getLong(2),
                row.getString(3),
                new AccountId(row.getObject(4, UUID.class)),
                new Experiment.Subject(
                        new ResourceId(row.getObject(5, UUID.class)),
                        row.getString(6),
                        new ContentId(row.getString(7)),
                        row.getLong(8),
                        row.getInt(9)),
                json.readValue(row.getString(10), Settings.class),
                json.readValue(row.getString(11), Experiment.Machine.class),
                State.valueOf(row.getString(12)),
                row.getString(13),
                Instant.ofEpochMilli(row.getLong(14)),
                ended == null ? null : Instant.ofEpochMilli(ended));
    }
}
