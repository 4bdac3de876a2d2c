"""Picture agencies, stock libraries and newspapers, by the names with which they sign.

From the credit lines that the agencies ask for on their own pages and the titles of the press of
the United Kingdom; written by hand, 2026-11. Words that are surnames or everyday words as well are
kept apart: they count only where a credit must stand.
"""

STOCK = (
    *("Getty Images", "GettyImages", "iStock", "iStockphoto", "iStock Photo", "Shutterstock"),
    *("Shutter Stock", "Alamy Stock Photo", "Alamy Live News", "Alamy Ltd", "Alamy Limited"),
    *(
        "alamy.com",
        "Adobe Stock",
        "AdobeStock",
        "stock.adobe.com",
        "Deposit Photos",
        "Depositphotos",
        "Dreamstime",
    ),
    *("123RF", "Bigstock", "Bigstockphoto", "Can Stock Photo", "CanStockPhoto", "Pond5"),
    *("Thinkstock", "Thinkstockphotos", "Fotolia", "Freepik", "Vecteezy", "Stocksy", "EyeEm"),
    *("SuperStock", "age fotostock", "Westend61", "Masterfile", "Mauritius Images", "PhotoDisc"),
    *("robertharding", "Envato Elements", "StockFood", "Stock.xchng"),
    *("Photocase", "Panthermedia", "YAY Images", "ImagesBazaar", "Pexels"),
    *(
        "Unsplash",
        "Pixabay",
        "StockSnap",
        "Vectorstock",
        "Graphicriver",
        "Flaticon",
        "Motion Array",
    ),
    *("Storyblocks", "PhotoAlto", "Picfair", "Arcangel Images", "Plainpicture"),
    *("Gallery Stock", "Cultura RF", "Science Source"),
    *("Photo Researchers", "Corbis Images", "Corbis Historical", "Hulton Archive", "Jupiterimages"),
)
AGENCIES = (
    *("Press Association", "PA Images", "PA Media", "PA Wire", "PA Photos", "PA Archive"),
    *("Empics", "Reuters", "Thomson Reuters", "Associated Press", "AP Photo", "AP Images"),
    *("Agence France-Presse", "Agence France Presse", "AFP", "AFP Photo", "EPA-EFE", "EPA/EFE"),
    *("European Pressphoto Agency", "Rex Features", "Rex/Shutterstock", "Bridgeman Images"),
    *("Bridgeman Art Library", "Mary Evans Picture Library", "Science Photo Library"),
    *("Nature Picture Library", "naturepl.com", "Magnum Photos", "SWNS", "South West News Service"),
    *("Solent News", "Splash News", "WENN", "Mirrorpix", "Camera Press", "TopFoto"),
    *("akg-images", "ZUMA Press", "Zumapress", "ZUMA Wire", "Xinhua", "Picture Alliance"),
    *("picture-alliance", "imago images", "Action Images", "Sipa Press", "Sipa USA", "NurPhoto"),
    *("Anadolu Agency", "Anadolu Images", "Barcroft Media", "Barcroft Images", "Caters News"),
    *("Cavendish Press", "Capital Pictures", "Photoshot", "Avalon.red", "LNP", "INS News Agency"),
    *("News Images", "ProSports Images", "Focus Images", "Offside Sports", "Colorsport"),
    *("BackGrid", "Eyevine", "Panos Pictures", "VII Photo", "Contour RA", "Black Star"),
    *("Keystone Press", "Scanpix", "Ritzau Scanpix", "TT News Agency", "Belga", "Lehtikuva"),
    *("Bloomberg News", "United Press International", "Popperfoto", "Heritage Images"),
    *("National Pictures", "Mercury Press", "Manchester Press Agency", "Ross Parry"),
    *("Bav Media", "Triangle News", "Kennedy News", "NTB Scanpix", "Interfoto", "Ullstein Bild"),
    *("National News Agency", "UNP", "Wales News Service", "Athena Pictures", "Huw Evans Agency"),
    *("Inpho", "Sportsfile", "PressEye", "Pacemaker Press", "SNS Group", "Trinity Mirror"),
    *("Minden Pictures", "Ardea", "FLPA", "NHPA", "Oxford Scientific", "Photofusion"),
    *("Image Source", "Blend Images", "Design Pics", "Loop Images", "Robert Harding Images"),
    *("National Geographic", "Lebrecht Music & Arts", "ArenaPAL", "Scope Features"),
)
PRESS = (
    *(
        "Guardian News & Media",
        "Guardian News and Media",
        "Guardian Media Group",
    ),
    *("Telegraph Media Group", "The Daily Telegraph", "Daily Telegraph"),
    *("The Sunday Telegraph", "Sunday Telegraph", "Daily Mail", "Mail on Sunday", "MailOnline"),
    *("Mail Online", "DMG Media", "Daily Mirror", "Sunday Mirror", "Sunday People", "Reach plc"),
    *("MGN Ltd", "MGN Limited", "Daily Express", "Sunday Express", "Daily Star", "Daily Record"),
    *("Express Newspapers", "News UK", "News International", "News Group Newspapers"),
    *(
        "Times Newspapers",
        "The Sunday Times",
        "Sunday Times",
        "Financial Times",
        "Evening Standard",
    ),
    *("London Standard", "Independent Digital News", "Metro.co.uk", "City A.M."),
    *("TES Global", "Times Educational Supplement", "BBC News"),
    *("BBC Picture Archive", "British Broadcasting Corporation", "ITV News", "Sky News", "GB News"),
    *("Channel 4 News", "New York Times", "Washington Post", "USA Today", "Wall Street Journal"),
    *("Los Angeles Times", "Irish Times", "Irish Independent", "Irish Examiner", "Newsquest"),
    *("National World", "JPIMedia", "JPI Media", "Johnston Press", "Archant", "Iliffe Media"),
    *("DC Thomson", "Local World", "Northcliffe Media", "Tindle Newspapers", "Midland News"),
    *("Manchester Evening News", "Liverpool Echo", "Yorkshire Post", "Yorkshire Evening Post"),
    *("Lancashire Telegraph", "Lancashire Evening Post", "Lancashire Post", "Blackpool Gazette"),
    *("Burnley Express", "Bolton News", "Western Mail", "South Wales Echo", "Daily Post"),
    *("Edinburgh Evening News", "Belfast Telegraph", "Press and Journal"),
    *(
        "Birmingham Mail",
        "Birmingham Post",
        "Express & Star",
        "Shropshire Star",
        "Coventry Telegraph",
    ),
    *(
        "Leicester Mercury",
        "Nottingham Post",
        "Derby Telegraph",
        "Stoke Sentinel",
        "Hull Daily Mail",
    ),
    *("Grimsby Telegraph", "Sheffield Star", "Northern Echo", "Newcastle Chronicle"),
    *(
        "Sunderland Echo",
        "Hartlepool Mail",
        "Cumberland News",
        "News & Star",
        "Westmorland Gazette",
    ),
    *("Eastern Daily Press", "East Anglian Daily Times", "Cambridge News", "Oxford Mail"),
    *("Oxford Times", "Reading Chronicle", "Swindon Advertiser", "Bristol Post", "Bath Chronicle"),
    *("Western Daily Press", "Western Morning News", "Plymouth Herald", "Bournemouth Echo"),
    *(
        "Southern Daily Echo",
        "Daily Echo",
        "Portsmouth News",
        "Brighton Argus",
    ),
    *("Kent Messenger", "Kent Online", "KentOnline", "Croydon Advertiser", "Watford Observer"),
    *("Surrey Advertiser", "Essex Chronicle", "Southend Echo", "Ealing Times", "Ham & High"),
    *("South London Press", "Yorkshire Live", "Lancs Live", "WalesOnline", "Wales Online"),
    *("Telegraph & Argus", "Huddersfield Examiner", "Halifax Courier", "Wigan Today"),
    *("Gloucestershire Echo", "Worcester News", "Hereford Times", "Lincolnshire Echo"),
    *(
        "Lancaster Guardian",
        "Wakefield Express",
        "Yorkshire Times",
        "York Press",
    ),
    *("Press Gazette", "First News", "The Week Junior", "Schools Week", "Daily Sport"),
    *("Private Eye", "Radio Times", "Woman's Weekly", "Hello! Magazine", "OK! Magazine"),
)
AMBIGUOUS = (
    *("The Sun", "The Sun on Sunday", "The Times", "The Mirror", "The Star", "The Mail", "The i"),
    *("The People", "The Express", "The Press", "The News", "The Echo", "The Post", "The Record"),
    *("The Gazette", "The Chronicle", "The Standard", "The Week", "The National", "The Courier"),
    *("The Guardian", "The Telegraph", "The Observer", "The Independent", "The Economist"),
    *("The Scotsman", "The Argus", "The Herald", "The Sunday Herald"),
    *("Metro", "BBC", "ITV", "Getty", "Alamy", "Corbis", "Rex", "Magnum", "Splash", "Offset"),
    *("Camera Press London", "PA", "AP", "EPA", "EFE", "dpa", "ANSA", "TASS", "UPI"),
    *("Bridgeman", "Solent", "Caters", "Barcroft", "Zuma", "Sipa", "WireImage"),
)
"""Names that are people, planets, clocks or glasses elsewhere."""
MARKS = (
    *("gettyimages", "shutterstock", "dreamstime", "depositphotos", "istockphoto", "adobestock"),
    *("alamystockphoto", "alamy.com", "123rf", "bigstock", "canstockphoto", "thinkstock"),
    *("vectorstock", "freepik", "istock", "alamy", "stocksy", "pond5", "picfair", "vecteezy"),
)
"""As they are written over a picture, or into the name of its file, without blanks."""
FILE_NAMES = (
    *("gettyimages", "shutterstock", "istockphoto", "istock", "adobestock", "alamy"),
    *("dreamstime", "depositphotos", "123rf", "bigstock", "canstockphoto", "thinkstockphotos"),
    *("fotolia", "freepik", "vecteezy", "pexels", "unsplash", "pixabay", "pond5", "stocksy"),
    *("picfair", "panthermedia", "vectorstock", "stockfood"),
)
"""With which the downloads of the libraries begin, before a number or a description."""
SITES = (
    *("gettyimages", "istockphoto", "shutterstock", "alamy", "stock.adobe", "depositphotos"),
    *("dreamstime", "123rf", "bigstockphoto", "canstockphoto", "pond5", "thinkstockphotos"),
    *("freepik", "vecteezy", "pexels", "unsplash", "pixabay", "stocksy", "picfair", "reuters"),
    *("thomsonreuters", "apimages", "apnews", "ap", "afp", "afpforum", "paimages", "pamediagroup"),
    *("rexfeatures", "bridgemanimages", "sciencephoto", "magnumphotos", "akg-images", "maryevans"),
    *("naturepl", "epa", "epaimages", "swns", "topfoto", "zumapress", "imago-images", "dpa"),
    *("theguardian", "guardian", "telegraph", "dailymail", "mirror", "thesun", "thetimes"),
    *("sundaytimes", "express", "dailystar", "independent", "standard", "metro", "ft", "bbc"),
    *("itv", "news.sky", "sky", "channel4", "nytimes", "washingtonpost", "newsquest", "inews"),
    *("manchestereveningnews", "liverpoolecho", "yorkshirepost", "walesonline", "scotsman"),
)
"""Names of their sites, before ``.com``, ``.co.uk`` and the like."""
