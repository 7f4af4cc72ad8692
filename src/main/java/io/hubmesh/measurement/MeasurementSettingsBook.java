package io.hubmesh.measurement;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.measurement.MeasurementSettings.Price;
import io.hubmesh.measurement.events.MeasurementSettingsChanged;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** What holds for measuring, and the one way to change it. */
@Service
public class MeasurementSettingsBook {

    private static final Logger LOG = LoggerFactory.getLogger(MeasurementSettingsBook.class);

    private final JdbcClient database;
    private final ApplicationEventPublisher events;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private volatile MeasurementSettings settings;

    MeasurementSettingsBook(JdbcClient database, ApplicationEventPublisher events) {
        this.database = database;
        this.events = events;
        this.settings = read();
    }

    /** As they are now; asks nothing of the database. */
    public MeasurementSettings now() {
        return settings;
    }

    /**
     * Puts others in the place of those of their version.
     *
     * @throws ProblemException forbidden when the subject is no administrator, invalid-value when one is out of its bounds, precondition-failed when
     *     the version is not the present one
     */
    public MeasurementSettings change(Subject subject, MeasurementSettings wish) {
        if (!subject.isAdministrator()) {
            throw new ProblemException(ProblemCode.FORBIDDEN);
        }
        wish.check();
        oneAtATime.lock();
        try {
            if (!write(wish)) {
                throw new ProblemException(ProblemCode.PRECONDITION_FAILED);
            }
            settings = read();
            LOG.info("{} has changed the settings of measuring: {}", subject.name(), settings);
            events.publishEvent(new MeasurementSettingsChanged(
                    wish.price() == null ? null : wish.price().toString(),
                    wish.keepMinutesForHours(),
                    wish.keepHoursForDays(),
                    wish.keepDaysForDays()));
            return settings;
        } finally {
            oneAtATime.unlock();
        }
    }

    private MeasurementSettings read() {
        return database.sql("select version, price_per_gb, price_currency, keep_minutes_for_hours, keep_hours_for_days,"
                        + " keep_days_for_days from measurement_settings")
                .query((row, number) -> new MeasurementSettings(
                        row.getLong(1), price(row), row.getInt(4), row.getInt(5), row.getObject(6, Integer.class)))
                .single();
    }

    private static @Nullable Price price(ResultSet row) throws SQLException {
        return row.getBigDecimal(2) == null ? null : new Price(row.getBigDecimal(2), row.getString(3));
    }

    private boolean write(MeasurementSettings wish) {
        Price price = wish.price();
        return database.sql(
                                "update measurement_settings set version = version + 1, price_per_gb = ?, price_currency = ?,"
                                        + " keep_minutes_for_hours = ?, keep_hours_for_days = ?, keep_days_for_days = ?"
                                        + " where version = ?")
                        .param(1, price == null ? null : price.perGb())
                        .param(2, price == null ? null : price.currency())
                        .param(3, wish.keepMinutesForHours())
                        .param(4, wish.keepHoursForDays())
                        .param(5, wish.keepDaysForDays())
                        .param(6, wish.version())
                        .update()
                == 1;
    }
}
