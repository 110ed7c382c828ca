//! Every check of the doctor once: its name, which a program may match, its rule, and what holds when it is sound.

macro_rules! checks {
    ($($variant:ident $name:literal $rule:literal $title:literal)*) => {
        /// A check.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Check {
            $(#[doc = $title] $variant,)*
        }

        impl Check {
            /// Every check, in the order told.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// Its name: it never changes.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// The rule of `docs/protocol.md` that it is of.
            pub const fn rule(self) -> &'static str {
                match self { $(Self::$variant => $rule),* }
            }

            /// What holds when it is sound.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title),* }
            }
        }
    };
}

checks! {
    // What the worker checks at its start, a check for each setting.
    Environment "environment" "ENV-5" "The environment is sandbox or production"
    ClientId "client-id" "BAS-2" "The client id can be sent"
    ClientSecret "client-secret" "BAS-2" "The client secret can be sent"
    App "app" "CFG-1" "Each application has an id"
    Aspsp "aspsp" "CFG-2" "The bank is named by a UUID"
    ResourceBaseUrl "resource-base-url" "CFG-3" "The bank's resources have a base URL that requests may go to"
    AuthBaseUrl "auth-base-url" "ENV-1" "The auth base is the environment's, or one that requests may go to"
    RedirectUrl "redirect-url" "CFG-1" "Each redirect URL is one that the worker can take a customer at"
    Certificate "certificate" "JWS-8" "Each certificate can be a key"
    VaultKey "vault-key" "LIV-1" "A vault key of 256 bits is set, and each former key is another"
    Applications "applications" "CFG-1" "The list of applications can be read"
    Names "names" "CFG-4" "The names that people see fit into a line"
    Payments "payments" "PAY-1" "TELL_PAYMENTS is one of its words"
    OrderDays "order-days" "PAY-5" "TELL_ORDER_DAYS is a number of days that orders may be kept"
    SessionDays "session-days" "SES-1" "TELL_SESSION_DAYS is a number of days that a session may last"
    Jurisdiction "jurisdiction" "CFG-4" "TELL_JURISDICTION is one of its words"
    Audit "audit" "CFG-4" "TELL_AUDIT is one of its words"
    StatisticsToken "statistics-token" "STA-1" "The token of the statistics can be a token"
    Profile "profile" "CFG-4" "The profile has known readings alone"

    // The file.
    FileText "file-text" "CFG-4" "The file is text in UTF-8 with plain line ends"
    FileSyntax "file-syntax" "CFG-4" "Each line of the file is a comment or NAME=value"
    FileDuplicates "file-duplicates" "CFG-4" "Each name is written once"
    FileComment "file-comment" "CFG-4" "No value is cut off by a #"
    FileVariable "file-variable" "CFG-4" "No $ in a value is taken for a variable"
    FileMode "file-mode" "CFG-4" "The file can be read by its owner alone"
    UnknownNames "unknown-names" "CFG-4" "Every TELL_ name is one that is read"
    Bindings "bindings" "CFG-4" "Queues and objects are bound, not written as text"
    Unused "unused" "CFG-1" "No setting stands beside another that replaces it"
    SettingSize "setting-size" "CFG-4" "Each setting is small enough for Cloudflare, which takes 5 KB"

    // Client id, secret, keys.
    CredentialsDistinct "credentials-distinct" "LIV-1" "Client id and client secret are two texts"
    CredentialsSpace "credentials-space" "BAS-1" "No white space and no quotes stand around id, secret and app"
    Placeholders "placeholders" "LIV-1" "No setting is an example's"
    SecretsDistinct "secrets-distinct" "LIV-1" "Client secret, vault key and the statistics' token are of their own"
    VaultKeyRandom "vault-key-random" "LIV-1" "The vault key looks random"
    VaultKeyCount "vault-key-count" "LIV-1" "No more former vault keys are kept than are needed"
    StatisticsTokenSet "statistics-token-set" "STA-1" "Somebody may see the statistics in production"
    StatisticsTokenRandom "statistics-token-random" "STA-1" "The statistics' token looks random"
    PaymentsDoor "payments-door" "PAY-1" "It is said who may start a payment in production"
    SandboxSca "sandbox-sca" "ENV-4" "Nothing asks for sandbox_sca in production"
    BankKnown "bank-known" "CFG-2" "The bank's UUID is not the empty one"
    ApplicationsDistinct "applications-distinct" "CFG-1" "No two applications share an id or a redirect URL"

    // Where customers and requests go.
    RedirectPublic "redirect-public" "LIV-1" "In production customers can reach the redirect URL"
    RedirectHolding "redirect-holding" "LIV-1" "The redirect URL is not the portal's holding page"
    RedirectParameters "redirect-parameters" "RED-1" "The redirect URL has none of the bank's parameters"
    RedirectQuery "redirect-query" "RED-1" "The redirect URL has no query of its own"
    BasePublic "base-public" "CFG-3" "In production no base URL leads to this machine or a private network"
    BaseEnvironment "base-environment" "ENV-5" "No base URL is named after the other environment"
    BaseVersion "base-version" "CFG-3" "Each base URL ends with a version"
    BaseSlash "base-slash" "CFG-3" "No base URL ends with a slash"
    AuthBaseOwn "auth-base-own" "ENV-1" "In production the auth base is the environment's own"

    // The certificate.
    CertificatePrivateKey "certificate-private-key" "JWS-8" "No private key is in the certificate"
    CertificateMark "certificate-mark" "JWS-8" "The certificate does not begin with a byte order mark"
    CertificateEscapes "certificate-escapes" "JWS-8" "The certificate's line ends are line ends"
    CertificateLineEnds "certificate-line-ends" "JWS-8" "The certificate's line ends are all alike"
    CertificateFinalNewline "certificate-final-newline" "JWS-8" "The certificate ends with one line end"
    CertificateStray "certificate-stray" "JWS-8" "Nothing stands around the certificate"
    CertificateSingle "certificate-single" "JWS-8" "It is one certificate"
    CertificateParses "certificate-parses" "LIV-1" "The certificate parses as X.509"
    CertificateBegun "certificate-begun" "LIV-1" "The certificate is valid already"
    CertificateExpiry "certificate-expiry" "LIV-1" "The certificate is valid for 30 days and more"
    CertificateKey "certificate-key" "LIV-1" "The certificate's key is long enough"

    // The other environment, where its settings are given too.
    OtherEnvironment "other-environment" "ENV-5" "The other settings are of the other environment"
    OtherClientId "other-client-id" "ENV-5" "The environments have client ids of their own"
    OtherClientSecret "other-client-secret" "ENV-5" "The environments have client secrets of their own"
    OtherCertificate "other-certificate" "ENV-5" "The environments have certificates of their own"
    OtherVaultKey "other-vault-key" "ENV-5" "The environments have vault keys of their own"
    OtherStatisticsToken "other-statistics-token" "ENV-5" "The environments have statistics tokens of their own"
    OtherBase "other-base" "ENV-5" "The environments have base URLs of their own"

    // The gateway.
    AuthReachable "auth-reachable" "ENV-1" "The auth base answers"
    ResourceReachable "resource-reachable" "CFG-3" "The bank's resources answer"
    Clock "clock" "JWS-4" "This machine's clock agrees with the gateway's"
    LiveSandbox "live-sandbox" "ENV-5" "Only a sandbox is asked with a signed call"
    LiveCall "live-call" "JWS-10" "The gateway takes client id, secret and signature"
    LiveCertificate "live-certificate" "JWS-8" "The profile reads the certificate as the gateway does"
    LiveBasic "live-basic" "BAS-1" "The profile joins the credentials as the gateway does"
    LiveSignQuery "live-sign-query" "JWS-3" "The profile signs a query as the gateway does"
    LiveEmptyPayload "live-empty-payload" "JWS-7" "The profile signs a call without a body as the gateway does"
}
