package io.hubmesh.mesh.keeping;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ResourceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What managers want kept, one row a file. */
@Repository
@Transactional
class WishRows {

    private final JdbcClient database;

    WishRows(JdbcClient database) {
        this.database = database;
    }

    List<Wish> all() {
        return database.sql("select resource_id, content_id, size_bytes, name, copies, account_id from kept_copies")
                .query(WishRows::toWish)
                .list();
    }

    /** In the place of what was wanted of that file before. */
    void put(Wish wish) {
        remove(wish.resource());
        database.sql("insert into kept_copies (resource_id, content_id, size_bytes, name, copies, account_id)"
                        + " values (?, ?, ?, ?, ?, ?)")
                .param(wish.resource().value())
                .param(wish.content().hex())
                .param(wish.size())
                .param(wish.name())
                .param(wish.copies())
                .param(wish.by().value())
                .update();
    }

    void remove(ResourceId resource) {
        database.sql("delete from kept_copies where resource_id = ?")
                .param(resource.value())
                .update();
    }

    private static Wish toWish(ResultSet row, int number) throws SQLException {
        return new Wish(
                new ResourceId(row.getObject(1, UUID.class)),
                new ContentId(row.getString(2)),
                row.getLong(3),
                row.getString(4),
                row.getInt(5),
                new AccountId(row.getObject(6, UUID.class)));
    }
}
