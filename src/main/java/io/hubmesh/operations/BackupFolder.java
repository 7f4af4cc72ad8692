package io.hubmesh.operations;

import io.hubmesh.kernel.ContentId;
import io.hubmesh.storage.Shelves;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of backups: {@code blobs/} with every content that any of them needs, once, and a folder for each backup with the
 * database ({@code database.zip}, as H2 writes it) and the list of its contents ({@code contents.txt}, one id a line). One that is
 * being made ends in {@code .partial} and is no backup yet.
 */
final class BackupFolder {

    static final String DATABASE = "database.zip";
    private static final String CONTENTS = "contents.txt";
    private static final String PARTIAL = ".partial";
    private static final Pattern NAME = Pattern.compile("[0-9]{8}T[0-9]{9}Z");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

    private final Path folder;

    BackupFolder(Path folder) {
        this.folder = folder;
    }

    /** Where the contents of all backups are. */
    Shelves shelves() {
        return new Shelves(folder.resolve("blobs"));
    }

    /** A place for a backup in the making; what an earlier one left unfinished is removed. */
    Path begin(Instant now) throws IOException {
        Files.createDirectories(folder);
        for (Path left : entries(name -> name.endsWith(PARTIAL))) {
            removeAll(left);
        }
        return Files.createDirectory(folder.resolve(STAMP.format(now) + PARTIAL));
    }

    /** Makes a backup of what was put into the place. @return its name */
    String finish(Path place, Set<ContentId> contents) throws IOException {
        Files.write(
                place.resolve(CONTENTS),
                contents.stream().map(ContentId::hex).sorted().toList());
        String name = String.valueOf(place.getFileName()).replace(PARTIAL, "");
        Files.move(place, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        return name;
    }

    /** The backups, newest first. */
    List<Backup> all() {
        return entries(name -> NAME.matcher(name).matches()).stream()
                .map(this::describe)
                .sorted(Comparator.comparing(Backup::name).reversed())
                .toList();
    }

    /** Removes all but the newest, and every content that none of those needs. */
    void keepNewest(int count) throws IOException {
        List<Backup> all = all();
        for (Backup old : all.subList(Math.min(count, all.size()), all.size())) {
            removeAll(folder.resolve(old.name()));
        }
        Set<ContentId> needed = new HashSet<>();
        for (Backup kept : all()) {
            needed.addAll(contentsOf(folder.resolve(kept.name())));
        }
        try (Stream<ContentId> held = shelves().contents()) {
            for (ContentId content : held.filter(each -> !needed.contains(each)).toList()) {
                shelves().remove(content);
            }
        }
    }

    static List<ContentId> contentsOf(Path backup) throws IOException {
        return Files.readAllLines(backup.resolve(CONTENTS)).stream()
                .map(ContentId::new)
                .toList();
    }

    private Backup describe(Path backup) {
        try {
            String name = String.valueOf(backup.getFileName());
            return new Backup(
                    name,
                    STAMP.parse(name, Instant::from),
                    contentsOf(backup).size(),
                    Files.size(backup.resolve(DATABASE)));
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    private List<Path> entries(Predicate<String> named) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory)
                    .filter(entry -> named.test(String.valueOf(entry.getFileName())))
                    .toList();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    private static void removeAll(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
