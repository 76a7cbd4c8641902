package com.recordsponge.operator.support;

import com.recordsponge.operator.plan.HostRules;
import com.recordsponge.operator.plan.PodGroup;
import com.recordsponge.operator.runtime.ControllerService;
import com.recordsponge.operator.runtime.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The operator's default settings, without Quarkus. */
public record DefaultSettings(boolean networkPolicyEnabled) implements Settings {

    public DefaultSettings() {
        this(true);
    }

    @Override
    public LeaderElection leaderElection() {
        return new LeaderElection() {
            @Override
            public Optional<String> namespace() {
                return Optional.empty();
            }

            @Override
            public String lease() {
                return "recordsponge-operator";
            }
        };
    }

    @Override
    public Pod pod() {
        return new Pod() {
            @Override
            public Optional<String> name() {
                return Optional.empty();
            }

            @Override
            public Optional<String> uid() {
                return Optional.empty();
            }
        };
    }

    @Override
    public Hosts hosts() {
        return new Hosts() {
            @Override
            public Optional<HostRules> rules() {
                return Optional.empty();
            }

            @Override
            public Duration grace() {
                return Duration.ofMinutes(10);
            }
        };
    }

    @Override
    public Duration stuckAfter() {
        return Duration.ofMinutes(5);
    }

    @Override
    public Duration capabilityRecheck() {
        return Duration.ofSeconds(5);
    }

    @Override
    public NetworkPolicy networkPolicy() {
        return new NetworkPolicy() {
            @Override
            public boolean enabled() {
                return networkPolicyEnabled;
            }

            @Override
            public PodGroup ingressController() {
                return PodGroup.parse("kube-system/app.kubernetes.io/name=traefik");
            }
        };
    }

    @Override
    public Images images() {
        return new Images() {
            @Override
            public Optional<Path> registries() {
                return Optional.empty();
            }

            @Override
            public Duration timeout() {
                return Duration.ofSeconds(10);
            }

            @Override
            public Optional<String> pushSecret() {
                return Optional.empty();
            }

            @Override
            public Optional<String> pushPeers() {
                return Optional.empty();
            }
        };
    }

    @Override
    public Duration expansionRetry() {
        return Duration.ofMinutes(1);
    }

    @Override
    public Database database() {
        return new Database() {
            @Override
            public Duration timeout() {
                return Duration.ofSeconds(10);
            }

            @Override
            public Duration recheck() {
                return Duration.ofMinutes(5);
            }

            @Override
            public Duration retry() {
                return Duration.ofSeconds(10);
            }
        };
    }

    @Override
    public IngressController ingressController() {
        return new IngressController() {
            @Override
            public Optional<ControllerService> service() {
                return ControllerService.parse("kube-system/traefik");
            }

            /** Pure tests do not wait. */
            @Override
            public Duration delay() {
                return Duration.ZERO;
            }

            @Override
            public Optional<Path> caFile() {
                return Optional.empty();
            }

            @Override
            public Duration timeout() {
                return Duration.ofSeconds(5);
            }

            @Override
            public Duration recheck() {
                return Duration.ofMinutes(1);
            }

            @Override
            public Duration retry() {
                return Duration.ofMillis(500);
            }

            @Override
            public Duration patience() {
                return Duration.ofSeconds(5);
            }
        };
    }
}
