package io.hubmesh;

import io.hubmesh.accounts.Account;
import io.hubmesh.accounts.Accounts;
import io.hubmesh.accounts.NewAccount;
import io.hubmesh.accounts.Role;
import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.Access;
import io.hubmesh.library.Clash;
import io.hubmesh.library.Expected;
import io.hubmesh.library.FolderLists;
import io.hubmesh.library.LibraryChanges;
import io.hubmesh.library.Order;
import io.hubmesh.library.Resource;
import io.hubmesh.library.ResourcePage;
import io.hubmesh.permissions.Level;
import io.hubmesh.storage.Blobs;
import io.hubmesh.storage.Incoming;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.test.context.TestComponent;

/** Makes the people and the files that a test needs, each with a name of its own. To be imported. */
@TestComponent
public class HubFixture {

    public static final String PASSWORD = "open sesame, please";

    private final Accounts accounts;
    private final LibraryChanges changes;
    private final FolderLists lists;
    private final Access access;
    private final Blobs blobs;

    HubFixture(Accounts accounts, LibraryChanges changes, FolderLists lists, Access access, Blobs blobs) {
        this.accounts = accounts;
        this.changes = changes;
        this.lists = lists;
        this.access = access;
        this.blobs = blobs;
    }

    public Subject administrator() {
        return subject(accounts.findByName("admin").orElseThrow());
    }

    /** Somebody new, whose password is {@link #PASSWORD}. */
    public Subject member() {
        return subject(accounts.create(new NewAccount(fresh("member"), "", PASSWORD, Role.MEMBER))
                .account());
    }

    public Subject anotherAdministrator() {
        return subject(accounts.create(new NewAccount(fresh("boss"), "", PASSWORD, Role.ADMINISTRATOR))
                .account());
    }

    public void disable(Subject subject) {
        accounts.setEnabled(subject.accountId(), false);
    }

    public Resource folder() {
        return changes.createFolder(administrator(), ResourceId.ROOT, fresh("folder"));
    }

    public Resource folderIn(Resource parent, String name) {
        return changes.createFolder(administrator(), parent.id(), name);
    }

    /** A file in a new folder. */
    public Resource file(byte[] bytes) {
        return fileIn(folder(), "file.bin", bytes);
    }

    public Resource fileIn(Resource folder, String name, byte[] bytes) {
        return fileIn(folder, name, "application/octet-stream", bytes);
    }

    public Resource fileIn(Resource folder, String name, String mediaType, byte[] bytes) {
        try (Incoming incoming = blobs.receive(bytes.length)) {
            incoming.write(bytes, 0, bytes.length);
            return changes.addFile(administrator(), folder.id(), name, mediaType, incoming.finish());
        }
    }

    /** The next version of a file that is there. */
    public Resource versionIn(Resource folder, String name, String mediaType, byte[] bytes) {
        LibraryChanges.Place place = new LibraryChanges.Place(name, Clash.VERSION, Expected.ANY);
        try (Incoming incoming = blobs.receive(bytes.length)) {
            incoming.write(bytes, 0, bytes.length);
            return changes.addFile(administrator(), folder.id(), place, mediaType, incoming.finish());
        }
    }

    /** What is in it, as the administrator sees it: folders first, by name; at most what a part of a list holds. */
    public List<Resource> childrenOf(Resource folder) {
        return lists.children(administrator(), folder.id(), Order.BY_NAME, null, ResourcePage.MOST).items().stream()
                .map(ResourcePage.Item::resource)
                .toList();
    }

    public void grant(Subject to, Resource resource, Level level) {
        access.grant(administrator(), resource.id(), to.name(), level);
    }

    public void withdraw(Subject from, Resource resource) {
        access.withdraw(administrator(), resource.id(), from.name());
    }

    /** Bytes that every chunk has others of; byte i is (i * 31 + 7) mod 256, as in the shared vectors. */
    public static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 31 + 7);
        }
        return bytes;
    }

    public static String fresh(String what) {
        return what + "-" + UUID.randomUUID();
    }

    private static Subject subject(Account account) {
        return new Subject(account.id(), account.name(), account.role());
    }
}
