package io.hubmesh.library;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.permissions.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Folders below folders, made as far as they are not there: what whoever uploads a whole tree needs first. */
@Service
@Transactional
public class FolderPaths {

    /** Paths that one request may name. */
    public static final int MOST = 500;

    private final Library library;
    private final LibraryChanges changes;
    private final Tree tree;

    FolderPaths(Library library, LibraryChanges changes, Tree tree) {
        this.library = library;
        this.changes = changes;
        this.tree = tree;
    }

    /**
     * Makes all of the folders, or none. The subject needs WRITE.
     *
     * @param paths the names of folders below the first one, top first
     * @return the folder at the end of each path
     * @throws ProblemException name-taken where a file is in the way, too-large for too many paths, and as
     *     {@link LibraryChanges#createFolder}
     */
    public List<Resource> make(Subject subject, ResourceId folder, List<List<String>> paths) {
        Resource top = library.requireFolder(subject, folder, Level.WRITE);
        if (paths.size() > MOST) {
            throw new ProblemException(ProblemCode.TOO_LARGE, "Name at most " + MOST + " paths at a time.");
        }
        Map<String, Resource> known = new HashMap<>();
        List<Resource> ends = new ArrayList<>();
        for (List<String> path : paths) {
            Resource end = top;
            for (String name : path.subList(0, Math.min(path.size(), Library.DEEPEST))) {
                Resource parent = end;
                end = known.computeIfAbsent(parent.id() + "/" + name, step -> child(subject, parent, name));
            }
            ends.add(end);
        }
        return ends;
    }

    private Resource child(Subject subject, Resource parent, String name) {
        ResourceName wanted = ResourceName.of(name);
        Optional<Resource> there = tree.child(parent.id(), wanted);
        if (there.isPresent() && !there.get().isFolder()) {
            tree.requireFree(parent.id(), wanted);
        }
        return there.orElseGet(() -> changes.createFolder(subject, parent.id(), name));
    }
}
