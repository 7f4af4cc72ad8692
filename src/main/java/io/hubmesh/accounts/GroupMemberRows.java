package io.hubmesh.accounts;

import java.util.List;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface GroupMemberRows extends JpaRepository<GroupMemberRow, GroupMemberRow.Key> {

    List<GroupMemberRow> findByAccountId(UUID accountId);

    List<GroupMemberRow> findByGroupId(UUID groupId);

    long countByGroupId(UUID groupId);

    /** How many are in each group that is not empty. */
    @Query("select m.groupId as groupId, count(m) as members from GroupMemberRow m group by m.groupId")
    List<Size> sizes();

    @Query(
            "select a from AccountRow a where a.id in (select m.accountId from GroupMemberRow m where m.groupId = :groupId)"
                    + " order by a.name")
    List<AccountRow> accountsIn(UUID groupId);

    @Query("select a from AccountRow a where a.name > :after"
            + " and a.id in (select m.accountId from GroupMemberRow m where m.groupId = :groupId) order by a.name")
    List<AccountRow> accountsIn(UUID groupId, String after, Limit limit);

    interface Size {

        UUID getGroupId();

        long getMembers();
    }
}
