package io.hubmesh.library;

import io.hubmesh.accounts.Quota;
import io.hubmesh.accounts.Quotas;
import io.hubmesh.accounts.UsedStorage;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.Bytes;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * How much of the hub an account uses: the sizes of all versions that it has made, the trash included, whether or not somebody else keeps
 * the same content.
 */
@Service
@Transactional(readOnly = true)
public class Usage implements UsedStorage {

    private static final String USED =
            "select coalesce((select sum(size_bytes) from resources where version_by = ?), 0)"
                    + " + coalesce((select sum(size_bytes) from file_versions where made_by = ?), 0)";

    private final JdbcClient database;
    private final Quotas quotas;

    Usage(JdbcClient database, Quotas quotas) {
        this.database = database;
        this.quotas = quotas;
    }

    @Override
    public long bytesOf(AccountId account) {
        return database.sql(USED)
                .param(1, account.value())
                .param(2, account.value())
                .query(Long.class)
                .single();
    }

    /**
     * Has others that bring bytes for the same account wait until the transaction ends, so that two cannot take the same room. To be called
     * before anything is written, and {@link #requireRoom} after it.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void oneAtATime(AccountId account) {
        if (quotas.of(account).storageBytes() != null) {
            database.sql("select id from accounts where id = ? for update")
                    .param(account.value())
                    .query(UUID.class)
                    .optional();
        }
    }

    /**
     * Goes on only when the account may bring so many bytes more. To be asked before the bytes come, and again when they are there.
     *
     * @param promised what the account has begun to bring besides, in bytes
     * @throws ProblemException quota-exceeded
     */
    public void requireRoom(AccountId account, long bytes, long promised) {
        Quota quota = quotas.of(account);
        Long largest = quota.largestUpload();
        if (largest != null && bytes > largest) {
            throw new ProblemException(
                    ProblemCode.QUOTA_EXCEEDED,
                    "The file has " + Bytes.inWords(bytes) + "; you may upload files of at most "
                            + Bytes.inWords(largest) + ". Ask an administrator for more.");
        }
        Long storage = quota.storageBytes();
        if (storage != null) {
            long used = bytesOf(account) + promised;
            if (bytes > storage - used) {
                String begun =
                        promised == 0 ? "" : ", " + Bytes.inWords(promised) + " of it in uploads that have not ended";
                throw new ProblemException(
                        ProblemCode.QUOTA_EXCEEDED,
                        "That would make it " + Bytes.inWords(used + bytes) + " of the " + Bytes.inWords(storage)
                                + " that you may keep on the hub" + begun
                                + ". Delete something for good, or ask an administrator for more.");
            }
        }
    }
}
