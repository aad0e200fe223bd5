-- What is kept of schedules, and how they stand. Times are nanoseconds since 1970, in UTC.

-- One row a schedule. The row is also the lock for all that belongs to its schedule.
create table ${prefix}schedule (
    id varchar(255) not null,
    -- What it says. Rows that cannot be read are kept as they are.
    job varchar(255) not null,
    codec varchar(40),
    payload longtext,
    trigger_data longtext not null,
    definition longtext not null,
    kept boolean not null,
    place integer not null,
    -- null for the default one
    queue varchar(255),
    -- Whether its fires need places of limits.
    limited boolean not null,
    -- Of which, and how many there are, also for those who cannot read what it says.
    places longtext,
    -- How it stands. due is for people and rules; look is the first moment at which there is something to hand out, and
    -- counts while armed: leaving it as it is while a fire runs spares the index.
    version bigint not null,
    state smallint not null,
    due bigint,
    look bigint not null,
    armed boolean not null,
    live integer not null,
    waiting integer not null,
    previous bigint,
    outcome varchar(40),
    ended bigint,
    lateness bigint,
    note longtext,
    -- The first of its fires, if it has the last lease of all: who has it. The token is that of the last lease.
    token bigint not null,
    owner bigint,
    fire_at bigint,
    by_hand boolean,
    attempt integer,
    coalesced integer,
    phase smallint,
    -- How many fires it has in the other table.
    others integer not null,
    -- The limit of which its fires that are due wait for a place, and since when.
    blocked varchar(260),
    since bigint,
    primary key (id)
) engine = InnoDB character set utf8mb4 collate ${collation};

create index ${prefix}schedule_look on ${prefix}schedule (look, place);
create index ${prefix}schedule_blocked on ${prefix}schedule (blocked, place, since);

-- Fires that have not ended, but for those that are kept with their schedule. A schedule has at most one of each time.
create table ${prefix}fire (
    schedule varchar(255) not null,
    fire_at bigint not null,
    by_hand boolean not null,
    attempt integer not null,
    coalesced integer not null,
    phase smallint not null,
    due bigint not null,
    owner bigint,
    token bigint not null,
    seq integer not null,
    primary key (schedule, fire_at, by_hand)
) engine = InnoDB character set utf8mb4 collate ${collation};

-- How many places of limits are taken, and how many schedules wait for one. most is the greatest number of places that
-- somebody has asked for.
create table ${prefix}limit (
    name varchar(260) not null,
    used integer not null,
    waiting integer not null,
    most integer not null,
    primary key (name)
) engine = InnoDB character set utf8mb4 collate ${collation};

-- The schedulers that use this store. news grows when one of them should look at its leases.
create table ${prefix}node (
    owner bigint auto_increment,
    name varchar(255) not null,
    version varchar(40) not null,
    started bigint not null,
    seen bigint not null,
    until bigint not null,
    alive boolean not null,
    news bigint not null,
    held integer not null,
    -- Somebody wants it to leave.
    leaving boolean not null,
    primary key (owner)
) engine = InnoDB character set utf8mb4 collate ${collation};

-- What has become of fires, and due times that were not run.
create table ${prefix}run (
    id bigint auto_increment,
    schedule varchar(255) not null,
    job varchar(255) not null,
    fire_at bigint not null,
    by_hand boolean not null,
    attempt integer not null,
    coalesced integer not null,
    token bigint not null,
    node varchar(255) not null,
    submitted bigint,
    lateness bigint,
    finished bigint not null,
    outcome varchar(40) not null,
    note longtext not null,
    times bigint not null,
    primary key (id)
) engine = InnoDB character set utf8mb4 collate ${collation};

create index ${prefix}run_schedule on ${prefix}run (schedule, id);

-- How many runs have ended how, in which hour, as counted by which node.
create table ${prefix}tally (
    span bigint not null,
    outcome varchar(40) not null,
    owner bigint not null,
    runs bigint not null,
    primary key (span, outcome, owner)
) engine = InnoDB character set utf8mb4 collate ${collation};
