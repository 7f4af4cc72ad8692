package io.hubmesh.accounts;

import io.hubmesh.kernel.GroupId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/** A group as it is kept; who is in it stands in {@link GroupMemberRow}. */
@Entity
@Table(name = "account_groups")
@SuppressWarnings("NullAway.Init") // JPA fills the fields
class GroupRow {

    @Id
    private UUID id;

    private String name;
    private String nameKey;
    private Instant createdAt;

    protected GroupRow() {}

    GroupRow(String name, Instant createdAt) {
        this.id = UUID.randomUUID();
        this.createdAt = createdAt;
        this.name = name;
        this.nameKey = key(name);
    }

    /** What a name is compared by. */
    static String key(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    GroupId id() {
        return new GroupId(id);
    }

    String nameKey() {
        return nameKey;
    }

    void rename(String newName) {
        this.name = newName;
        this.nameKey = key(newName);
    }

    Group toGroup(long members) {
        return new Group(id(), name, createdAt, Math.toIntExact(members));
    }
}
