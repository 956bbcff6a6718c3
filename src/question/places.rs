//! How people write places: states and their short forms, large cities with their state, and what lies outside the US.
//!
//! Pay is known for states only; cities and other countries are here so that a refusal can say so.

/// Short forms and by-names of states, beyond names and postal codes.
#[rustfmt::skip]
pub const STATE_NAMES: &[(&str, &[&str])] = &[
    ("AL", &["ala"]), ("AZ", &["ariz"]), ("AR", &["ark"]), ("CA", &["calif", "cali", "so cal", "socal", "norcal", "golden state"]),
    ("CO", &["colo"]), ("CT", &["conn"]), ("DC", &["washington dc", "washington d c", "dc", "d c"]), ("DE", &["del"]), ("FL", &["fla", "sunshine state"]),
    ("GU", &["guam"]), ("IL", &["ill"]), ("IN", &["ind"]), ("KS", &["kans"]), ("LA", &["louisianna"]), ("MA", &["mass", "massachusets", "massachussetts"]), ("MD", &["md state"]),
    ("MI", &["mich"]), ("MN", &["minn"]), ("MS", &["miss"]), ("MO", &["mo state"]), ("MT", &["mont"]), ("NE", &["neb", "nebr"]), ("NV", &["nev"]),
    ("NM", &["n mex", "new mex"]), ("NY", &["new york state", "ny state", "upstate new york", "state of new york"]), ("NC", &["n carolina", "north carolina", "no carolina"]),
    ("ND", &["n dakota", "no dakota"]), ("OK", &["okla"]), ("OR", &["ore"]), ("PA", &["penn", "penna"]), ("PR", &["puerto rico", "p r"]),
    ("RI", &["rhode island"]), ("SC", &["s carolina", "so carolina"]), ("SD", &["s dakota", "so dakota"]), ("TN", &["tenn"]), ("TX", &["tex", "lone star state"]),
    ("VI", &["us virgin islands", "usvi", "virgin islands"]), ("VA", &["va state"]), ("WA", &["wash", "washington state"]), ("WV", &["w virginia", "w va"]), ("WI", &["wis", "wisc"]), ("WY", &["wyo"]), ("HI", &["hawai'i"]),
];

/// Nicknames of states, as their license plates and signs have them.
#[rustfmt::skip]
pub const NICKNAMES: &[(&str, &[&str])] = &[
    ("AK", &["last frontier"]), ("AZ", &["grand canyon state"]), ("AR", &["natural state"]), ("CO", &["centennial state"]), ("CT", &["constitution state", "nutmeg state"]),
    ("DE", &["diamond state"]), ("GA", &["peach state"]), ("HI", &["aloha state"]), ("ID", &["gem state"]), ("IL", &["prairie state", "land of lincoln"]), ("IN", &["hoosier state"]),
    ("IA", &["hawkeye state"]), ("KS", &["sunflower state"]), ("KY", &["bluegrass state"]), ("LA", &["pelican state", "bayou state"]), ("ME", &["pine tree state"]),
    ("MD", &["old line state"]), ("MA", &["bay state"]), ("MI", &["wolverine state"]), ("MN", &["north star state"]), ("MS", &["magnolia state"]),
    ("MT", &["treasure state", "big sky country"]), ("NE", &["cornhusker state"]), ("NV", &["silver state"]), ("NH", &["granite state"]), ("NJ", &["garden state", "jersey"]),
    ("NM", &["land of enchantment"]), ("NY", &["empire state"]), ("NC", &["tar heel state"]), ("ND", &["peace garden state"]), ("OH", &["buckeye state"]), ("OK", &["sooner state"]),
    ("OR", &["beaver state"]), ("PA", &["keystone state"]), ("RI", &["ocean state"]), ("SC", &["palmetto state"]), ("SD", &["mount rushmore state"]), ("TN", &["volunteer state"]),
    ("UT", &["beehive state"]), ("VT", &["green mountain state"]), ("VA", &["old dominion"]), ("WA", &["evergreen state"]), ("WV", &["mountain state"]), ("WI", &["badger state"]),
    ("WY", &["cowboy state", "equality state"]),
];

/// Postal codes that are no English word and no abbreviation of a role: they count in lower case too.
#[rustfmt::skip]
pub const PLAIN_CODES: &[&str] = &[
    "AK", "AZ", "CT", "DC", "FL", "GA", "GU", "IA", "IL", "KS", "KY", "MN", "NC", "ND", "NH", "NJ", "NM", "NV", "NY", "RI", "SC", "SD",
    "TN", "TX", "UT", "VA", "VT", "WA", "WI", "WV", "WY", "CA", "NE",
];

/// Large US cities, with the state that they lie in, and regions of several states, which have none.
#[rustfmt::skip]
pub const CITIES: &[(&str, &str)] = &[
    ("new england", ""), ("midwest", ""), ("mid west", ""), ("pacific northwest", ""), ("pnw", ""), ("west coast", ""), ("east coast", ""), ("gulf coast", ""), ("deep south", ""), ("mid atlantic", ""), ("northeast", ""), ("southeast", ""), ("southwest", ""), ("tri state area", ""), ("dmv area", ""), ("bible belt", ""), ("rust belt", ""), ("great plains", ""), ("appalachia", ""),
    ("new york city", "NY"), ("nyc", "NY"), ("manhattan", "NY"), ("brooklyn", "NY"), ("queens", "NY"), ("bronx", "NY"), ("buffalo", "NY"), ("rochester", "NY"), ("albany", "NY"), ("syracuse", "NY"), ("long island", "NY"),
    ("los angeles", "CA"), ("san diego", "CA"), ("san francisco", "CA"), ("san jose", "CA"), ("sacramento", "CA"), ("fresno", "CA"), ("oakland", "CA"), ("long beach", "CA"), ("bay area", "CA"), ("silicon valley", "CA"), ("bakersfield", "CA"), ("orange county", "CA"), ("riverside", "CA"), ("san fran", "CA"), ("anaheim", "CA"),
    ("chicago", "IL"), ("houston", "TX"), ("dallas", "TX"), ("austin", "TX"), ("san antonio", "TX"), ("fort worth", "TX"), ("el paso", "TX"), ("arlington", "TX"), ("plano", "TX"), ("lubbock", "TX"),
    ("phoenix", "AZ"), ("tucson", "AZ"), ("mesa", "AZ"), ("scottsdale", "AZ"), ("philadelphia", "PA"), ("philly", "PA"), ("pittsburgh", "PA"), ("jacksonville", "FL"), ("miami", "FL"), ("orlando", "FL"), ("tampa", "FL"), ("fort lauderdale", "FL"), ("tallahassee", "FL"), ("st petersburg", "FL"),
    ("columbus", "OH"), ("cleveland", "OH"), ("cincinnati", "OH"), ("toledo", "OH"), ("akron", "OH"), ("dayton", "OH"), ("charlotte", "NC"), ("raleigh", "NC"), ("durham", "NC"), ("greensboro", "NC"), ("indianapolis", "IN"), ("fort wayne", "IN"), ("seattle", "WA"), ("tacoma", "WA"), ("spokane", "WA"),
    ("denver", "CO"), ("colorado springs", "CO"), ("boulder", "CO"), ("boston", "MA"), ("worcester", "MA"), ("cambridge", "MA"), ("nashville", "TN"), ("memphis", "TN"), ("knoxville", "TN"), ("detroit", "MI"), ("grand rapids", "MI"), ("ann arbor", "MI"), ("oklahoma city", "OK"), ("tulsa", "OK"),
    ("portland", "OR"), ("las vegas", "NV"), ("vegas", "NV"), ("reno", "NV"), ("louisville", "KY"), ("lexington", "KY"), ("baltimore", "MD"), ("milwaukee", "WI"), ("madison", "WI"), ("albuquerque", "NM"), ("santa fe", "NM"), ("kansas city", "MO"), ("st louis", "MO"), ("saint louis", "MO"), ("springfield", "MO"),
    ("atlanta", "GA"), ("savannah", "GA"), ("augusta", "GA"), ("omaha", "NE"), ("minneapolis", "MN"), ("st paul", "MN"), ("saint paul", "MN"), ("twin cities", "MN"), ("new orleans", "LA"), ("baton rouge", "LA"), ("wichita", "KS"), ("honolulu", "HI"), ("anchorage", "AK"), ("newark", "NJ"), ("jersey city", "NJ"), ("trenton", "NJ"),
    ("virginia beach", "VA"), ("richmond", "VA"), ("norfolk", "VA"), ("birmingham", "AL"), ("montgomery", "AL"), ("huntsville", "AL"), ("mobile alabama", "AL"), ("boise", "ID"), ("salt lake city", "UT"), ("provo", "UT"), ("des moines", "IA"), ("little rock", "AR"), ("providence", "RI"), ("hartford", "CT"), ("new haven", "CT"),
    ("charleston", "SC"), ("columbia south carolina", "SC"), ("jackson mississippi", "MS"), ("fargo", "ND"), ("sioux falls", "SD"), ("billings", "MT"), ("cheyenne", "WY"), ("burlington", "VT"), ("bismarck", "ND"), ("wilmington", "DE"), ("san juan", "PR"), ("chattanooga", "TN"), ("corpus christi", "TX"), ("hollywood", "CA"),
];

/// Countries, regions, foreign cities and moneys: what lies outside the US tables.
#[rustfmt::skip]
pub const ABROAD: &[&str] = &[
    "canada", "canadian", "uk", "united kingdom", "england", "britain", "great britain", "scotland", "wales", "ireland", "northern ireland", "nhs", "europe", "european", "eu", "germany", "german", "france", "french", "spain", "italy", "portugal", "netherlands", "holland", "belgium",
    "switzerland", "swiss", "austria", "sweden", "norway", "denmark", "finland", "iceland", "poland", "czech republic", "czechia", "hungary", "romania", "bulgaria", "greece", "turkey", "russia", "ukraine", "croatia", "serbia", "slovakia", "slovenia", "estonia", "latvia", "lithuania", "luxembourg", "malta", "cyprus",
    "australia", "australian", "aussie", "new zealand", "nz", "india", "pakistan", "bangladesh", "sri lanka", "nepal", "china", "hong kong", "taiwan", "japan", "japanese", "korea", "south korea", "north korea", "philippines", "vietnam", "thailand", "malaysia", "singapore", "indonesia", "cambodia", "myanmar",
    "dubai", "uae", "united arab emirates", "abu dhabi", "saudi arabia", "saudi", "qatar", "kuwait", "oman", "bahrain", "israel", "jordan country", "lebanon", "iran", "iraq", "egypt", "morocco", "algeria", "tunisia", "nigeria", "ghana", "kenya", "uganda", "tanzania", "ethiopia", "south africa", "zimbabwe", "zambia", "cameroon", "rwanda", "africa", "asia",
    "mexico", "brazil", "argentina", "chile", "colombia", "peru", "ecuador", "venezuela", "cuba", "jamaica", "haiti", "dominican republic", "trinidad", "bahamas", "barbados", "costa rica", "panama", "guatemala", "honduras", "el salvador", "nicaragua", "bermuda", "south america", "latin america",
    "london", "toronto", "vancouver", "montreal", "ottawa", "calgary", "ontario", "quebec", "alberta", "british columbia", "nova scotia", "manitoba", "saskatchewan", "sydney", "melbourne", "brisbane", "perth", "auckland", "berlin", "munich", "paris", "madrid", "barcelona", "rome", "amsterdam", "dublin", "tokyo", "mumbai", "delhi", "bangalore", "manila", "lagos", "nairobi", "cairo", "manchester", "glasgow", "edinburgh", "zurich", "riyadh", "doha",
    "rupee", "euro", "pounds", "pound sterling", "gbp", "cad", "aud dollars", "peso", "yen", "naira", "dirham", "overseas", "foreign country", "outside the us", "outside the usa", "outside america",
];

/// Words that say that the US is meant, even where another country is named.
#[rustfmt::skip]
pub const HOME: &[&str] = &["us", "usa", "u s", "united states", "america", "the states", "american", "stateside"];
