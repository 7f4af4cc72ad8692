package io.hubmesh.measurement;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The ledger goes on where the hub's last run ended. */
@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {

    @Bean
    Ledger ledger(Clock clock, Books books) {
        return new Ledger(clock, new DownloadNames(), books.kept());
    }
}
