package io.hubmesh.library.events;

/** An administrator has changed what is kept of earlier versions and of the trash; 0 days or versions: all, for ever. */
public record LibrarySettingsChanged(int versionsKept, int versionDays, int trashDays) {}
