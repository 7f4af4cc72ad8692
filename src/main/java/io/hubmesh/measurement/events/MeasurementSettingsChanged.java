package io.hubmesh.measurement.events;

import org.jspecify.annotations.Nullable;

/**
 * An administrator has changed what holds for measuring.
 *
 * @param price of 10^9 bytes of egress, with its currency, as in {@code 0.09 EUR}; null for none
 * @param keepMinutesForHours how long minutes are kept, in hours
 * @param keepHoursForDays how long hours are kept, in days
 * @param keepDaysForDays how long days are kept, in days; null for ever
 */
public record MeasurementSettingsChanged(
        @Nullable String price,
        int keepMinutesForHours,
        int keepHoursForDays,
        @Nullable Integer keepDaysForDays) {}
